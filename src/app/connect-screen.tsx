import type {Language} from '../model/text.ts';
import {ConnectApp} from './ConnectApp.tsx';
import {ConnectSession} from './connect-session.ts';
import {exitCodesOf} from './exit-code.ts';
import {tellEnding} from './leaving.ts';
import type {ConnectWish} from './serve-wish.ts';
import {onStage} from './stage.tsx';

/** Shows a connection until whoever is there leaves. Resolves with the exit code. */
export async function showConnection(
  socket: ConstructorParameters<typeof ConnectSession>[0],
  wish: ConnectWish,
  language: Language,
  ascii: boolean,
  signals: readonly NodeJS.Signals[],
): Promise<number> {
  const ending = await onStage(async (draw, end) => {
    const session = new ConnectSession(socket, wish.isRaw, language, code => end({code}));
    draw(<ConnectApp session={session} wish={wish} ascii={ascii} />);
    return () => session[Symbol.asyncDispose]();
  }, exitCodesOf(signals));
  tellEnding(ending, language);
  return ending.code;
}
