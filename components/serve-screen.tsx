import {tellEnding} from '../src/app/screen/leaving.ts';
import {type EchoProcess, ServeSession} from '../src/app/serve/serve-session.ts';
import type {ThemeWish} from '../src/app/terminal/background.ts';
import {exitCodesOf} from '../src/app/words/exit-code.ts';
import {fill} from '../src/messages/fill.ts';
import {serveText} from '../src/messages/serve.ts';
import type {ServeLimits} from '../src/model/serve.ts';
import type {Language} from '../src/model/text.ts';
import {ServeApp} from './ServeApp.tsx';
import {clientRowsIn, eventRows} from './ServeScreen.tsx';
import {onStage} from './stage.tsx';

/** Shows the server until whoever watches leaves. Resolves with the exit code; SIGTERM is no failure of a server. */
export async function showServer(
  server: EchoProcess,
  limits: ServeLimits,
  language: Language,
  ascii: boolean,
  theme: ThemeWish,
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
    theme,
  );
  tellEnding(ending, language);
  return ending.code;
}
