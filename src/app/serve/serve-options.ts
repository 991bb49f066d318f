import {cliText} from '../../messages/cli.ts';
import {connectText} from '../../messages/connect.ts';
import {serveText} from '../../messages/serve.ts';
import type {Port} from '../../model/brands.ts';
import type {ServeLimit} from '../../model/serve.ts';
import {parseHost, parseTarget, type Target} from '../line/address-word.ts';
import {Wrong} from '../words/complaint.ts';

/** What `sockwalk serve` was asked for. */
export interface ServeWish {
  readonly place: WishedPlace;
  readonly greeting: string;
  /** Null: none. What is not named is chosen by who can connect. */
  readonly limits: Partial<Readonly<Record<ServeLimit, number | null>>>;
  /** Do not ask before letting other machines connect. */
  readonly isYes: boolean;
}

export type WishedPlace =
  | {readonly kind: 'tcp' | 'udp'; readonly host: string; readonly port: Port | null}
  | {readonly kind: 'unix'; readonly path: string};

/** What `sockwalk connect` was asked for. */
export interface ConnectWish {
  readonly target: Target;
  /** As it was written. */
  readonly word: string;
  /** What is typed is sent without a newline. */
  readonly isRaw: boolean;
}

export const usualGreeting = 'hello, world!';
export const greetingLimit = 1024;

export type OptionValues = Readonly<Partial<Record<string, string | true>>>;

const limitOptions: Readonly<Record<ServeLimit, string>> = {
  clients: 'max-clients',
  perAddress: 'max-per-address',
  bytes: 'max-bytes',
  idle: 'idle',
  line: 'max-line',
  rate: 'max-rate',
};
const limits = Object.keys(limitOptions) as ServeLimit[];

/** Options that go with one command only. */
const only: Readonly<Record<string, readonly string[]>> = {
  serve: ['host', 'unix', 'udp', 'greeting', 'no-greeting', ...Object.values(limitOptions)],
  connect: ['raw'],
};

/** Throws `Wrong` where an option of `serve` or `connect` is given to another command. */
export function refuseElsewhere(values: OptionValues, command: string | undefined): void {
  for (const [owner, options] of Object.entries(only)) {
    const stray = options.find(option => values[option] !== undefined);
    if (stray !== undefined && command !== owner)
      throw new Wrong(serveText.onlyWith, {option: `--${stray}`, command: owner});
  }
}

/** Throws `Wrong`. */
export function readServeWish(values: OptionValues, port: Port | null): ServeWish {
  refuseTogether(values, 'unix', ['udp', 'host', 'port']);
  refuseTogether(values, 'no-greeting', ['greeting']);
  if (values['max-rate'] !== undefined && values.udp === undefined)
    throw new Wrong(serveText.onlyWith, {option: '--max-rate', command: '--udp'});
  return {
    place: readPlace(values, port),
    greeting: readGreeting(values),
    limits: Object.fromEntries(limits.flatMap(limit => readLimit(limit, values[limitOptions[limit]]))),
    isYes: values.yes === true,
  };
}

/** Throws `Wrong`. */
export function readConnectWish(values: OptionValues, words: readonly string[]): ConnectWish {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw new Wrong(connectText.what);
  const target = parseTarget(word);
  if (target.kind === 'wrong') throw new Wrong(target.text, {}, {word, at: target.at});
  return {target, word, isRaw: values.raw === true};
}

function refuseTogether(values: OptionValues, one: string, others: readonly string[]): void {
  const other = others.find(option => values[option] !== undefined);
  if (values[one] !== undefined && other !== undefined)
    throw new Wrong(serveText.notBoth, {option: `--${one}`, other: `--${other}`});
}

function readPlace(values: OptionValues, port: Port | null): WishedPlace {
  if (values.unix === '') throw new Wrong(cliText.needsValue, {option: '--unix'});
  if (values.unix !== undefined) return {kind: 'unix', path: String(values.unix)};
  const word = String(values.host ?? '127.0.0.1');
  const host = parseHost(word);
  if (host.kind === 'wrong') throw new Wrong(host.text, {}, {word, at: host.at});
  return {kind: values.udp === true ? 'udp' : 'tcp', host: host.host, port};
}

function readGreeting(values: OptionValues): string {
  if (values['no-greeting'] === true) return '';
  const greeting = String(values.greeting ?? usualGreeting);
  const bytes = Buffer.byteLength(greeting);
  if (bytes > greetingLimit) throw new Wrong(serveText.longGreeting, {bytes, limit: greetingLimit});
  return greeting;
}

/** 0 is no limit, but for the clients. */
function readLimit(limit: ServeLimit, value: string | true | undefined): [ServeLimit, number | null][] {
  if (value === undefined) return [];
  const word = String(value);
  const least = limit === 'clients' ? 1 : 0;
  const n = Number(word);
  if (!/^\d{1,12}$/.test(word) || n < least)
    throw new Wrong(serveText.badNumber, {option: `--${limitOptions[limit]}`, word, least});
  return [[limit, n === 0 ? null : n]];
}
