import {parseArgs} from 'node:util';
import {cliText} from '../../messages/cli.ts';
import type {Format} from '../../messages/json.ts';
import {isPort, type Port, port} from '../../model/brands.ts';
import {type Language, languages} from '../../model/text.ts';
import {isSeed} from '../../timeline/choice-order.ts';
import type {NetworkWish} from '../run/network-choice.ts';
import {
  type ConnectWish,
  readConnectWish,
  readServeWish,
  refuseElsewhere,
  type ServeWish,
} from '../serve/serve-options.ts';
import {type ThemeWish, themeWishes} from '../terminal/background.ts';
import {type Complaint, Wrong} from '../words/complaint.ts';
import {messageComplaint} from '../words/message.ts';
import {nearest} from '../words/nearest.ts';
import {commands, formats, known, networks, type OptionName, optionNames, progressWords} from './option-names.ts';

export interface Options {
  readonly language: Language | null;
  readonly format: Format;
  readonly network: NetworkWish;
  /** Null when the learner named none: then 8080, or the next free one. */
  readonly port: Port | null;
  readonly message: string | null;
  /** What the orders of choices are drawn from, the same for each walk; null: another one for each. */
  readonly seed: number | null;
  /** Where play writes the frames that it captures; null: nowhere. */
  readonly pcap: string | null;
  /** Play asks what is predicted, and reads the answers from standard input. */
  readonly ask: boolean;
  readonly theme: ThemeWish;
  readonly ascii: boolean;
  /** Nothing moves: frames stand where they are at once. */
  readonly noMotion: boolean;
  /** Read no progress and keep none. */
  readonly noProgress: boolean;
}

export type ProgressCommand =
  | {readonly kind: 'export'}
  | {readonly kind: 'import'; readonly file: string; readonly isSure: boolean}
  | {readonly kind: 'reset'; readonly isSure: boolean};

export type Command =
  | {readonly kind: 'walk'; readonly lesson: string | null}
  | {readonly kind: 'play'; readonly lessons: readonly string[]}
  /** `-`: from standard input. */
  | {readonly kind: 'play-script'; readonly file: string}
  /** `script`: a file whose lines are done first; null for none. */
  | {readonly kind: 'lab'; readonly script: string | null}
  | {readonly kind: 'verify'; readonly lessons: readonly string[]}
  | {readonly kind: 'progress'; readonly what: ProgressCommand}
  | {readonly kind: 'list'}
  | {readonly kind: 'doctor'}
  | {readonly kind: 'ask-router'; readonly isYes: boolean}
  | {readonly kind: 'replay'; readonly file: string}
  | {readonly kind: 'serve'; readonly wish: ServeWish}
  | {readonly kind: 'connect'; readonly wish: ConnectWish}
  | {readonly kind: 'help'}
  | {readonly kind: 'version'};

export type Parsed =
  | {readonly kind: 'command'; readonly command: Command; readonly options: Options}
  | {readonly kind: 'complaint'; readonly complaint: Complaint; readonly language: Language | null};

/** Reads a command line (without node and script). `lessonIds` are the known lessons. */
export function parseCommandLine(args: readonly string[], lessonIds: readonly string[]): Parsed {
  let language: Language | null = null;
  try {
    const {values, words} = tokens(args);
    language = choice('lang', values.lang, languages) ?? null;
    const options = readOptions(values, language);
    return {kind: 'command', command: readCommand(words, values, lessonIds), options};
  } catch (error) {
    if (error instanceof Wrong) return {kind: 'complaint', complaint: error.complaint, language};
    throw error;
  }
}

type Values = Partial<Record<OptionName, string | true>>;

function tokens(args: readonly string[]): {values: Values; words: string[]} {
  const parsed = parseArgs({args: [...args], options: known, strict: false, allowPositionals: true, tokens: true});
  const values: Values = {};
  const words: string[] = [];
  for (const token of parsed.tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const name = optionNames.find(option => option === token.name);
    if (!name)
      throw new Wrong(cliText.unknownOption, {word: token.rawName, nearest: `--${nearest(token.name, optionNames)}`});
    if (known[name].type === 'string' && token.value === undefined)
      throw new Wrong(cliText.needsValue, {option: `--${name}`});
    if (known[name].type === 'boolean' && token.value !== undefined)
      throw new Wrong(cliText.takesNoValue, {option: `--${name}`});
    values[name] = token.value ?? true;
  }
  return {values, words};
}

function choice<T extends string>(
  name: OptionName,
  value: string | true | undefined,
  all: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const word = String(value);
  const found = all.find(one => one === word);
  if (found) return found;
  throw new Wrong(cliText.unknownValue, {
    option: `--${name}`,
    word,
    known: all.join(', '),
    nearest: nearest(word, all),
  });
}

function readOptions(values: Values, language: Language | null): Options {
  return {
    language,
    format: choice('format', values.format, formats) ?? 'text',
    network: choice('network', values.network, networks) ?? 'auto',
    port: readPort(values.port),
    message: readMessage(values.message),
    seed: readSeed(values.seed),
    pcap: values.pcap === undefined ? null : String(values.pcap),
    ask: values.ask === true,
    theme: choice('theme', values.theme, themeWishes) ?? 'auto',
    ascii: values.ascii === true,
    noMotion: values['no-motion'] === true,
    noProgress: values['no-progress'] === true,
  };
}

function readPort(value: string | true | undefined): Port | null {
  if (value === undefined) return null;
  const word = String(value);
  if (!/^\d{1,5}$/.test(word) || !isPort(Number(word))) throw new Wrong(cliText.badPort, {word});
  return port(Number(word));
}

function readMessage(value: string | true | undefined): string | null {
  if (value === undefined) return null;
  const complaint = messageComplaint(String(value));
  if (complaint) throw new Wrong(complaint.text, complaint.values);
  return String(value);
}

function readSeed(value: string | true | undefined): number | null {
  if (value === undefined) return null;
  const word = String(value);
  if (!/^\d{1,10}$/.test(word) || !isSeed(Number(word))) throw new Wrong(cliText.badSeed, {word});
  return Number(word);
}

function readCommand(words: readonly string[], values: Values, lessonIds: readonly string[]): Command {
  if (values.help) return {kind: 'help'};
  if (values.version) return {kind: 'version'};
  if (values.pcap !== undefined && words[0] !== 'play') throw new Wrong(cliText.onlyPlay, {option: '--pcap'});
  if (values.ask && (words[0] !== 'play' || values.script !== undefined || values.format === 'json'))
    throw new Wrong(cliText.askWhere);
  if (values.script !== undefined && words[0] !== 'play' && words[0] !== 'lab') {
    throw new Wrong(cliText.onlyPlayOrLab, {option: '--script'});
  }
  refuseElsewhere(values, words[0]);
  const [first, ...rest] = words;
  if (first === undefined) return {kind: 'walk', lesson: null};
  switch (first) {
    case 'play':
      if (values.script !== undefined) return readPlayScript(rest, values);
      return {kind: 'play', lessons: lessonsToPlay(rest, values.all === true, lessonIds)};
    case 'replay': {
      const [file, ...more] = rest;
      if (file === undefined || more.length > 0) throw new Wrong(cliText.replayWhat);
      return {kind: 'replay', file};
    }
    case 'verify':
      return {kind: 'verify', lessons: rest.length === 0 ? lessonIds : lessonsToPlay(rest, false, lessonIds)};
    case 'progress':
      return {kind: 'progress', what: readProgressCommand(rest, values.yes === true)};
    case 'lab':
      if (rest[0] !== undefined) throw new Wrong(cliText.tooMany, {word: rest[0]});
      return {kind: first, script: values.script === undefined ? null : String(values.script)};
    case 'ask-router':
      if (rest[0] !== undefined) throw new Wrong(cliText.tooMany, {word: rest[0]});
      return {kind: first, isYes: values.yes === true};
    case 'serve':
      if (rest[0] !== undefined) throw new Wrong(cliText.tooMany, {word: rest[0]});
      return {kind: first, wish: readServeWish(values, readPort(values.port))};
    case 'connect':
      return {kind: first, wish: readConnectWish(values, rest)};
    case 'list':
    case 'doctor':
    case 'help':
      if (rest[0] !== undefined) throw new Wrong(cliText.tooMany, {word: rest[0]});
      return {kind: first};
    default:
      if (!lessonIds.includes(first)) {
        throw new Wrong(cliText.unknownCommand, {word: first, nearest: nearest(first, [...lessonIds, ...commands])});
      }
      if (rest[0] !== undefined) throw new Wrong(cliText.tooMany, {word: rest[0]});
      return {kind: 'walk', lesson: first};
  }
}

function readPlayScript([word]: readonly string[], values: Values): Command {
  if (word !== undefined) throw new Wrong(cliText.tooMany, {word});
  if (values.all) throw new Wrong(cliText.tooMany, {word: '--all'});
  return {kind: 'play-script', file: String(values.script)};
}

function readProgressCommand(words: readonly string[], isSure: boolean): ProgressCommand {
  const [word, ...rest] = words;
  if (word === undefined) throw new Wrong(cliText.progressWhat);
  const kind = progressWords.find(known => known === word);
  if (!kind) throw new Wrong(cliText.unknownProgress, {word, nearest: nearest(word, progressWords)});
  const [file, ...more] = kind === 'import' ? rest : ['', ...rest];
  if (file === undefined) throw new Wrong(cliText.importWhat);
  if (more[0] !== undefined) throw new Wrong(cliText.tooMany, {word: more[0]});
  return kind === 'import' ? {kind, file, isSure} : kind === 'reset' ? {kind, isSure} : {kind};
}

function lessonsToPlay(words: readonly string[], all: boolean, lessonIds: readonly string[]): readonly string[] {
  for (const word of words) {
    if (!lessonIds.includes(word)) throw new Wrong(cliText.unknownLesson, {word, nearest: nearest(word, lessonIds)});
  }
  if (all) return lessonIds;
  if (words.length === 0) throw new Wrong(cliText.playWhat);
  return words;
}
