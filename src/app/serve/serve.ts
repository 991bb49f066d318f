import type {Readable} from 'node:stream';
import {wrap} from '../../draw/text/wrap.ts';
import {descriptorLimit} from '../../lab/kernel/descriptor-limit.ts';
import {CannotListen, type EchoProcess, startEcho} from '../../lab/serve/echo-process.ts';
import {fill} from '../../messages/fill.ts';
import type {Format} from '../../messages/json.ts';
import {jsonText} from '../../messages/json.ts';
import {serveText} from '../../messages/serve.ts';
import {pageWords} from '../../messages/serve-page.ts';
import {endpointText} from '../../model/address.ts';
import {bytesOfText} from '../../model/payload.ts';
import type {ServeLimits, ServePlace, ServeSetup} from '../../model/serve.ts';
import type {Language} from '../../model/text.ts';
import {cannotRun} from '../run/cannot-run.ts';
import {isAgreed} from '../words/agreed.ts';
import {exitCodeOf} from '../words/exit-code.ts';
import {ownAddresses} from './own-addresses.ts';
import {limitsFor, limitWords} from './serve-limits.ts';
import {droppedJson, droppedLine, logLine} from './serve-log.ts';
import type {ServeWish} from './serve-options.ts';
import {commandFor, isLocal, placeOf, prepare, refusalSentence} from './serve-place.ts';

/** What the command may use of the world. */
export interface ServeEnvironment {
  readonly language: Language;
  readonly ascii: boolean;
  readonly format: Format;
  /** Cells of a line of text. */
  readonly width: number;
  /** There is a terminal on both ends: a person can be asked, and there is a screen. */
  readonly isScreen: boolean;
  readonly input: Readable;
  /** Resolves when more can be written. */
  readonly out: (text: string) => Promise<void>;
  /** Lets go of what has not been written. */
  readonly giveUp: () => void;
  readonly say: (line: string) => void;
  readonly signals: readonly NodeJS.Signals[];
  /** Shows the server until whoever watches leaves. Resolves with the exit code. */
  readonly show: (server: EchoProcess, limits: ServeLimits) => Promise<number>;
}

/** @returns the exit code: 0 when it was stopped in good order, 1 when it could not listen, 2 without anybody to ask */
export async function serveCommand(wish: ServeWish, around: ServeEnvironment): Promise<number> {
  const {language, say} = around;
  const wished = placeOf(wish.place);
  const room = await descriptorLimit();
  const limits = limitsFor(wish.limits, wished, room);
  if (!isLocal(wished) && !wish.isYes) {
    const answer = await askToOpen(wished, limits, around);
    if (answer !== null) return answer;
  }
  if (wish.limits.clients !== undefined && limits.clients !== wish.limits.clients)
    say(fill(serveText.fewDescriptors, language, {...room}));
  const prepared = await prepare(wished, language);
  if (prepared.kind === 'refused') {
    say(prepared.sentence);
    return 1;
  }
  if (prepared.said !== null) say(prepared.said);
  const greeting = bytesOfText(wish.greeting);
  const setup = {
    place: prepared.place,
    greeting,
    limits,
    page: pageWords(language, greeting),
    tellsBytes: !around.isScreen,
  };
  try {
    return await serve(setup, around);
  } finally {
    await prepared.hold?.[Symbol.asyncDispose]();
  }
}

async function serve(setup: ServeSetup, around: ServeEnvironment): Promise<number> {
  try {
    await using server = await startEcho(setup);
    return await (around.isScreen ? around.show(server, setup.limits) : log(server, around));
  } catch (error) {
    if (error instanceof CannotListen) around.say(await refusalSentence(setup.place, error.errno, around.language));
    else {
      const sentence = cannotRun(error, around.language);
      if (sentence === null) throw error;
      around.say(sentence);
    }
    return 1;
  }
}

/** Null when it may listen; otherwise the exit code. */
async function askToOpen(place: ServePlace, limits: ServeLimits, around: ServeEnvironment): Promise<number | null> {
  const {language, width} = around;
  const host = 'host' in place ? place.host : '';
  if (!around.isScreen) {
    around.say(fill(serveText.openNeedsYes, language, {host}));
    return 2;
  }
  const values = {
    place: 'host' in place ? endpointText(place) : '',
    command: commandFor(place),
    addresses: ownAddresses().join(', '),
    limits: limitWords(limits, language).join(language === 'ja' ? '、' : '; '),
  };
  const lines = fill(serveText.openPlan, language, values)
    .split('\n')
    .flatMap(line => wrap(line, width));
  await around.out(`${[...lines, '', serveText.openQuestion[language]].join('\n')}`);
  if (await isAgreed(around.input)) return null;
  await around.out(`${serveText.openNot[language]}\n`);
  return 0;
}

/** So many events are asked for at a time. */
const atOnce = 512;

/** The last lines have so long to be written, in milliseconds, after the server has stopped. */
const lastWordsMs = 100;

/** Writes what happens, until a signal stops the server; then it ends in time also where nobody reads what it writes. */
function log(server: EchoProcess, around: ServeEnvironment): Promise<number> {
  const ended = new Promise<number>(resolve => {
    for (const signal of around.signals) {
      process.on(signal, () => {
        // The ordinary way to end a server is no failure of it.
        const code = signal === 'SIGTERM' ? 0 : exitCodeOf(signal);
        const late = () => {
          around.giveUp();
          resolve(code);
        };
        void server.stop().then(() => {
          const impatience = setTimeout(late, lastWordsMs);
          void written.then(() => {
            clearTimeout(impatience);
            resolve(code);
          });
        });
      });
    }
  });
  const written = writeEvents(server, around);
  return Promise.race([ended, written.then(async isComplete => (isComplete ? ended : serverEnded(server, around)))]);
}

async function serverEnded(server: EchoProcess, {language, say}: ServeEnvironment): Promise<number> {
  say(fill(serveText.serverEnded, language, {how: await server.exited}));
  return 1;
}

/** Resolves when all is written; with false where the server has ended without having been stopped. */
async function writeEvents(server: EchoProcess, around: ServeEnvironment): Promise<boolean> {
  const nobody = {order: 'oldest', count: 0, top: 0, cursor: null, move: 0} as const;
  const isJson = around.format === 'json';
  const style = {...around, isUdp: server.place.kind === 'udp'};
  for (let since = 0; ; ) {
    const look = await server.look({page: nobody, detail: null, since, atMost: atOnce, waits: true});
    if (look === null) return false;
    const {at, events, dropped} = look;
    const missing = dropped === 0 ? [] : [isJson ? droppedJson(at, since, dropped) : droppedLine(at, dropped, style)];
    const lines = [...missing, ...events.map(event => (isJson ? jsonText(event) : logLine(event, style)))];
    await around.out(lines.map(line => `${line}\n`).join(''));
    since += dropped + events.length;
    if (events.some(({kind}) => kind === 'stopped')) return true;
  }
}
