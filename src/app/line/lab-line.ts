import {errnoText} from '../../messages/errno-words.ts';
import {labText} from '../../messages/lab.ts';
import type {LabWord} from '../../messages/line-help.ts';
import {type ActorName, actorNames} from '../../model/actor.ts';
import type {Call} from '../../model/call.ts';
import type {Errno} from '../../model/errno.ts';
import type {Expectation, Expected} from '../../model/expectation.ts';
import {toBase64} from '../../model/payload.ts';
import {type SocketState, socketStates} from '../../model/sockets.ts';
import {type TcpFlag, tcpFlags} from '../../model/wire.ts';
import {isNear, nearest} from '../words/nearest.ts';
import {WrongWord} from '../words/wrong-word.ts';
import {isTypedCall, otherNames, type TypedCall, typedCalls} from './call-forms.ts';
import {type Misread, orMisread, readCallLine} from './call-line.ts';
import {type Word, wordsOf} from './line-words.ts';
import type {Scene} from './scene.ts';
import {bytesOfQuoted} from './typed-data.ts';

/** What one line of free play asks for. */
export type Statement =
  /** `label`: what a script calls the descriptor that the call makes. */
  | {readonly kind: 'call'; readonly actor: ActorName; readonly call: Call; readonly label: string | null}
  | {readonly kind: 'side'; readonly actor: ActorName}
  | {readonly kind: 'spawn'; readonly actor: ActorName}
  | {readonly kind: 'kill'; readonly actor: ActorName}
  | {readonly kind: 'expect'; readonly expectation: Expectation}
  /** `wait server`: until its call has returned; `wait 2500`: for so many milliseconds. */
  | {readonly kind: 'wait'; readonly actor: ActorName | null; readonly milliseconds: number}
  /** `challenge ID`: what is to be brought about. */
  | {readonly kind: 'challenge'; readonly id: string}
  | LabCommand
  | {readonly kind: 'nothing'}
  | Misread;

/** What is asked of the lab itself. */
type LabCommand =
  | {readonly kind: 'save'; readonly file: string}
  | {readonly kind: 'script'; readonly file: string}
  | {readonly kind: 'replay'}
  | {readonly kind: 'challenges'}
  | {readonly kind: 'hint'}
  | {readonly kind: 'solution'}
  | {readonly kind: 'help'; readonly call: TypedCall | null}
  | {readonly kind: 'leave'};

/** The words that a line may begin with, besides calls and actors. */
export const labWords = [
  ...['spawn', 'kill', 'expect', 'wait', 'save', 'script', 'replay', 'challenges', 'challenge', 'hint', 'solution'],
  ...['help', 'quit'],
] as const satisfies readonly LabWord[];

/** Those who may take part; the first two always begin. */
export const labActors: readonly ActorName[] = actorNames.filter(name => name !== 'router' && name !== 'network');

/** Calls that return a descriptor, which a script may give a name. */
export const makers: ReadonlySet<string> = new Set(['socket', 'accept', 'accept4']);

/** Reads one line. Nothing is done. `challenges` are the known ones. */
export function readLabLine(line: string, scene: Scene, challenges: readonly string[]): Statement {
  return orMisread(() => {
    const bare = withoutComment(line);
    const {words} = wordsOf(withoutDeclaration(bare).text, isTypedCall);
    const [first, ...rest] = words;
    if (!first) return {kind: 'nothing'};
    const isOwn = !scene.actors.some(actor => actor === first.text) && !isTypedCall(first.text);
    return isOwn ? readOwn(first, rest, bare, scene, challenges) : readCall(bare, scene);
  });
}

function readCall(line: string, scene: Scene): Statement {
  const {text, label} = withoutLabel(line);
  const read = readCallLine(text, scene);
  if (read.kind !== 'call') return read;
  if (label !== null && !makers.has(read.call.name)) throw new WrongWord(labText.noLabel, {}, text.length);
  return {...read, label};
}

function readOwn(
  first: Word,
  rest: readonly Word[],
  line: string,
  scene: Scene,
  challenges: readonly string[],
): Statement {
  const [second] = rest;
  const onlyOne = <T>(statement: T): T => {
    if (rest[1]) throw new WrongWord(labText.tooMany, {word: rest[1].text}, rest[1].at);
    return statement;
  };
  switch (first.text) {
    case 'spawn':
    case 'kill':
      return onlyOne({kind: first.text, actor: oneOf(second, labActors, first)});
    case 'expect':
      return {kind: 'expect', expectation: readExpectation(rest, first)};
    case 'wait':
      return onlyOne(readWait(second, first, scene));
    case 'challenge':
      return onlyOne({kind: 'challenge', id: oneOf(second, challenges, first)});
    case 'save':
    case 'script':
      if (!second) throw new WrongWord(labText.whichScript, {word: first.text}, first.end);
      return {kind: first.text, file: unquoted(line.slice(first.end).trim())};
    case 'help':
      return onlyOne({kind: 'help', call: second ? oneOf(second, typedCalls, first) : null});
    case 'exit':
    case 'quit':
      return {kind: 'leave'};
    case 'replay':
    case 'challenges':
    case 'hint':
    case 'solution':
      if (second) throw new WrongWord(labText.tooMany, {word: second.text}, second.at);
      return {kind: first.text};
    default:
      throw unknown(first, [...typedCalls, ...labWords, ...scene.actors], labText.unknownWord);
  }
}

/** The longest that a `wait` takes, in milliseconds. */
export const longestWait = 60_000;

function readWait(word: Word | undefined, after: Word, {actors}: Scene): Statement {
  if (!word) throw new WrongWord(labText.waitWhat, {}, after.end);
  const actor = actors.find(name => name === word.text);
  if (actor) return {kind: 'wait', actor, milliseconds: longestWait};
  const milliseconds = /^\d{1,9}$/.test(word.text) ? Number(word.text) : Number.NaN;
  if (milliseconds <= longestWait) return {kind: 'wait', actor: null, milliseconds};
  if (Number.isNaN(milliseconds)) throw new WrongWord(labText.waitWhat, {}, word.at);
  throw new WrongWord(labText.badNumber, {word: word.text, name: 'wait', least: 0, most: longestWait}, word.at);
}

/** `ECONNREFUSED`, `0`, `ok`, `waits`, `"hello"`, `RST`, `CLOSE_WAIT`, `TIME_WAIT 1`; before it whose, where it matters. */
function readExpectation(words: readonly Word[], after: Word): Expectation {
  const actor = labActors.find(name => name === words[0]?.text) ?? null;
  const [word, count, ...extra] = actor ? words.slice(1) : words;
  if (!word) throw new WrongWord(labText.expectWhat, {}, words.at(-1)?.end ?? after.end);
  const what = expectedOf(word);
  const isCounted = what.kind === 'state' && count !== undefined && /^\d{1,4}$/.test(count.text);
  const left = isCounted ? extra[0] : count;
  if (left) throw new WrongWord(labText.tooMany, {word: left.text}, left.at);
  return {actor, what: isCounted ? {...what, count: Number(count.text)} : what};
}

function expectedOf(word: Word): Expected {
  const {text} = word;
  if (word.isQuoted) return {kind: 'receives', data: toBase64(bytesOfQuoted(text))};
  if (/^-?\d{1,9}$/.test(text)) return {kind: 'returns', value: Number(text)};
  if (text === 'ok') return {kind: 'succeeds'};
  if (text === 'waits') return {kind: 'waits'};
  if (Object.hasOwn(errnoText, text)) return {kind: 'fails', errno: text as Errno};
  const state = socketStates.find(one => one === text);
  if (state) return {kind: 'state', state, count: null};
  const flag = tcpFlags.find(one => one === text);
  if (flag) return {kind: 'segment', flag};
  throw unknown(word, expectedWords, labText.unknownExpected);
}

/** What may stand after `expect`, besides numbers and text in quotes. */
export const expectedWords: readonly string[] = [
  ...['ok', 'waits'],
  ...Object.keys(errnoText),
  ...(socketStates satisfies readonly SocketState[]),
  ...(tcpFlags satisfies readonly TcpFlag[]),
];

function oneOf<T extends string>(word: Word | undefined, all: readonly T[], after: Word): T {
  if (!word) throw new WrongWord(labText.which, {word: after.text, names: all.join(' | ')}, after.end);
  const found = all.find(one => one === word.text);
  if (!found) throw unknown(word, all, labText.unknownWord);
  return found;
}

function unknown(
  word: Word,
  known: readonly string[],
  text: typeof labText.unknownWord | typeof labText.unknownExpected,
) {
  const same = otherNames.get(word.text);
  const like = same ?? nearest(word.text, known);
  const isMeant = same !== undefined || isNear(word.text, like);
  const values = {word: word.text, nearest: like};
  return new WrongWord(isMeant ? text : labText.noWord, values, word.at);
}

const unquoted = (text: string): string => /^"(.*)"$/.exec(text)?.[1] ?? text;

/** The line up to a `#` outside quotes. */
export function withoutComment(line: string): string {
  const end = maskedQuotes(line).search(/(?<!\S)#/);
  return (end < 0 ? line : line.slice(0, end)).trimEnd();
}

/** `server socket = 18`, also with what the list of calls has behind it: the label, and the line before it. */
export function withoutLabel(line: string): {readonly text: string; readonly label: string | null} {
  const declared = withoutDeclaration(line);
  if (declared.isCall) return declared;
  const found = /\s=\s*([\p{L}\p{M}\p{N}_-]+)(?:\s+[\d.]+ (?:us|ms|s))?\s*$/u.exec(maskedQuotes(line));
  return found?.[1] === undefined ? {text: line, label: null} : {text: line.slice(0, found.index), label: found[1]};
}

const declaration = new RegExp(
  String.raw`^(\s*(?:(?:${actorNames.join('|')})\s+)?)((?:(?:const|int|ssize_t|size_t)\s+)*([A-Za-z_]\w*)\s*=\s*)(?=(\w+)\s*\()`,
);

/** `int fd = socket(...)`, as it stands in C: spaces where the declaration was, so that all else keeps its column. */
function withoutDeclaration(line: string) {
  const [, actor = '', written = '', name = '', call = ''] = declaration.exec(line) ?? [];
  if (!isTypedCall(call)) return {text: line, label: null, isCall: false};
  const text = `${actor}${' '.repeat(written.length)}${line.slice(actor.length + written.length)}`;
  return {text, label: makers.has(call) ? name : null, isCall: true};
}

/** The same length, with nothing in its quotes. */
const maskedQuotes = (line: string): string =>
  line.replaceAll(/"(?:[^"\\]|\\.)*"?/g, quote => '"'.padEnd(quote.length, '"'));
