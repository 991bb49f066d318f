import type {Readable} from 'node:stream';
import {wrap} from '../../draw/text/wrap.ts';
import {askLimits, askRouters} from '../../lab/router/ask-routers.ts';
import {askProblemText, askText, reachText} from '../../messages/ask-router.ts';
import {fill} from '../../messages/fill.ts';
import {harmless} from '../../messages/harmless.ts';
import type {Asked, AskReport} from '../../model/ask.ts';
import {bytesOfText} from '../../model/payload.ts';
import type {Language} from '../../model/text.ts';
import {searchGroup} from '../../model/upnp.ts';
import {isAgreed} from '../words/agreed.ts';
import type {Style} from './style.ts';

const seconds = askLimits.mx + 1;

/** What a command may use of the world. */
export interface Environment {
  readonly out: (text: string) => void;
  readonly say: (line: string) => void;
  readonly input: Readable;
  /** A person can be asked. */
  readonly isTerminal: boolean;
}

/**
 * Asks the routers of the real network for their global address, after a yes.
 *
 * @returns the exit code: 0 when an address was learned or the answer was no, 1 when none was, 2 without anybody to ask
 */
export async function askRouterCommand(
  isYes: boolean,
  {language, ascii, width}: Style,
  around: Environment,
): Promise<number> {
  if (!isYes && !around.isTerminal) {
    around.say(askText.needsYes[language]);
    return 2;
  }
  if (!isYes) {
    const values = {...searchGroup, ...askLimits, seconds};
    const plan = fill(askText.plan, language, values).split('\n');
    around.out([...plan.flatMap(line => wrapped(line, width)), '', askText.question[language]].join('\n'));
    if (!(await isAgreed(around.input))) {
      around.out(`${askText.nothingSent[language]}\n`);
      return 0;
    }
  }
  around.out(`${fill(askText.waiting, language, {seconds})}\n`);
  const report = await askRouters();
  around.out(`${reportLines(report, {language, ascii, width}).join('\n')}\n`);
  return report.asked.some(({answer}) => answer.kind === 'address') ? 0 : 1;
}

/** What was learned, in words. Whatever a device said is made harmless and cut. */
export function reportLines(report: AskReport, style: Style): string[] {
  return linesOf(report, style).flatMap(line => wrapped(line, style.width));
}

function linesOf(report: AskReport, {language, ascii}: Style): string[] {
  if (report.sendErrno !== null) return [fill(askText.notSent, language, {errno: report.sendErrno})];
  if (report.asked.length === 0) return [askText.nobody[language]];
  return [...report.asked.flatMap(asked => askedLines(asked, language, ascii)), '', askText.claimed[language]];
}

/** What goes on in a next line is set in as far as the first one. */
function wrapped(line: string, width: number): string[] {
  const indent = /^ *(?:\d\. )?/.exec(line)?.[0] ?? '';
  return wrap(line.slice(indent.length), width - indent.length).map((part, i) =>
    i === 0 ? indent + part : ' '.repeat(indent.length) + part,
  );
}

/** Characters of what a device said in one line. */
const longestShown = 100;

function askedLines({from, server, location, answer}: Asked, language: Language, ascii: boolean): string[] {
  const shown = (text: string) => {
    const pieces = harmless(bytesOfText(text), ascii);
    const start = pieces.slice(0, longestShown).map(piece => piece.text);
    return start.join('') + (pieces.length > longestShown ? '...' : '');
  };
  const told = [
    ...(server === '' ? [] : [fill(askText.server, language, {server: shown(server)})]),
    ...(location === '' ? [] : [fill(askText.location, language, {location: shown(location)})]),
  ];
  const result =
    answer.kind === 'address'
      ? [fill(askText.address, language, {address: answer.address}), reachText[answer.reach][language]]
      : [fill(askProblemText[answer.kind], language, valuesOf(answer, shown))];
  return [from, ...[...told, ...result].map(line => `  ${line}`)];
}

const valuesOf = (answer: Asked['answer'], shown: (text: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, shown(String(value))]));
