import {tellEnding} from '../src/app/screen/leaving.ts';
import {ConnectSession} from '../src/app/serve/connect-session.ts';
import type {ConnectWish} from '../src/app/serve/serve-options.ts';
import type {ThemeWish} from '../src/app/terminal/background.ts';
import {exitCodesOf} from '../src/app/words/exit-code.ts';
import type {Language} from '../src/model/text.ts';
import {ConnectApp} from './ConnectApp.tsx';
import {onStage} from './stage.tsx';

/** Shows a connection until whoever is there leaves. Resolves with the exit code. */
export async function showConnection(
  socket: ConstructorParameters<typeof ConnectSession>[0],
  wish: ConnectWish,
  language: Language,
  ascii: boolean,
  theme: ThemeWish,
  signals: readonly NodeJS.Signals[],
): Promise<number> {
  const ending = await onStage(
    async (draw, end) => {
      const session = new ConnectSession(socket, wish.isRaw, language, code => end({code}));
      draw(<ConnectApp session={session} wish={wish} ascii={ascii} />);
      return () => session[Symbol.asyncDispose]();
    },
    exitCodesOf(signals),
    theme,
  );
  tellEnding(ending, language);
  return ending.code;
}
