import type {Socket} from 'node:net';
import type {Language} from '../model/text.ts';
import {ConnectApp} from './ConnectApp.tsx';
import {ConnectSession} from './connect-session.ts';
import {exitCodeOf} from './exit-code.ts';
import type {ConnectWish} from './serve-wish.ts';
import {onStage, stageError} from './stage.tsx';

/** Shows a connection until whoever is there leaves. Resolves with the exit code. */
export async function showConnection(
  socket: Socket,
  wish: ConnectWish,
  language: Language,
  ascii: boolean,
  signals: readonly NodeJS.Signals[],
): Promise<number> {
  const codes = Object.fromEntries(signals.map(signal => [signal, exitCodeOf(signal)]));
  const {code, error} = await onStage(end => {
    const session = new ConnectSession(socket, wish.isRaw, language, code => end({code}));
    const node = <ConnectApp session={session} wish={wish} ascii={ascii} />;
    return {node, close: () => session[Symbol.asyncDispose]()};
  }, codes);
  if (error !== undefined) process.stderr.write(`${stageError(error, language)}\n`);
  return code;
}
