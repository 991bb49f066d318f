import {clientRowsIn, eventRows} from '../../components/ServeScreen.tsx';
import type {EchoProcess} from '../lab/echo-process.ts';
import {fill} from '../messages/fill.ts';
import {serveText} from '../messages/serve.ts';
import type {ServeLimits} from '../model/serve.ts';
import type {Language} from '../model/text.ts';
import {exitCodeOf} from './exit-code.ts';
import {ServeApp} from './ServeApp.tsx';
import {ServeSession} from './serve-session.ts';
import {onStage, stageError} from './stage.tsx';

/** Shows the server until whoever watches leaves. Resolves with the exit code; SIGTERM is no failure of a server. */
export async function showServer(
  server: EchoProcess,
  limits: ServeLimits,
  language: Language,
  ascii: boolean,
  signals: readonly NodeJS.Signals[],
): Promise<number> {
  const codes = Object.fromEntries(signals.map(signal => [signal, signal === 'SIGTERM' ? 0 : exitCodeOf(signal)]));
  const {code, error} = await onStage(end => {
    const session = new ServeSession(server, language, {
      room: () => {
        const rows = process.stdout.rows || 24;
        return {clients: clientRowsIn(rows), events: eventRows(rows)};
      },
      exit: code => end({code}),
      ended: () => void server.exited.then(how => end({code: 1, error: fill(serveText.serverEnded, language, {how})})),
    });
    const node = <ServeApp session={session} server={server} limits={limits} ascii={ascii} />;
    return {node, close: () => session[Symbol.asyncDispose]()};
  }, codes);
  if (error !== undefined) process.stderr.write(`${stageError(error, language)}\n`);
  return code;
}
