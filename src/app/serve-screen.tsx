import {clientRowsIn, eventRows} from '../../components/ServeScreen.tsx';
import {fill} from '../messages/fill.ts';
import {serveText} from '../messages/serve.ts';
import type {ServeLimits} from '../model/serve.ts';
import type {Language} from '../model/text.ts';
import {exitCodesOf} from './exit-code.ts';
import {tellEnding} from './leaving.ts';
import {ServeApp} from './ServeApp.tsx';
import {type EchoProcess, ServeSession} from './serve-session.ts';
import {onStage} from './stage.tsx';

/** Shows the server until whoever watches leaves. Resolves with the exit code; SIGTERM is no failure of a server. */
export async function showServer(
  server: EchoProcess,
  limits: ServeLimits,
  language: Language,
  ascii: boolean,
  signals: readonly NodeJS.Signals[],
): Promise<number> {
  const ending = await onStage(
    async (draw, end) => {
      const session = new ServeSession(server, language, {
        room: () => {
          const rows = process.stdout.rows || 24;
          return {clients: clientRowsIn(rows), events: eventRows(rows)};
        },
        exit: code => end({code}),
        ended: () =>
          void server.exited.then(how => end({code: 1, error: fill(serveText.serverEnded, language, {how})})),
      });
      draw(<ServeApp session={session} server={server} limits={limits} ascii={ascii} />);
      return () => session[Symbol.asyncDispose]();
    },
    {...exitCodesOf(signals), SIGTERM: 0},
  );
  tellEnding(ending, language);
  return ending.code;
}
