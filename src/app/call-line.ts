import {experimentText} from '../messages/experiment.ts';
import {type ActorName, actorNames} from '../model/actor.ts';
import type {Address} from '../model/address.ts';
import {type Fd, fd, isPort, type Port, port} from '../model/brands.ts';
import {type Call, messageFlags, type OptionLevel, type OptionName} from '../model/call.ts';
import {bytesOfText, toBase64} from '../model/payload.ts';
import type {SocketRow} from '../model/sockets.ts';
import {nearest} from './nearest.ts';
import type {Complaint} from './options.ts';

/** What a line may leave out is taken from here. */
export interface Scene {
  /** Whose call it is where the line does not say. */
  readonly actor: ActorName;
  readonly actors: readonly ActorName[];
  readonly sockets: readonly SocketRow[];
  readonly serverPort: Port;
  readonly taken: Taken;
}

/** Descriptors that the processes themselves live by: a call on one of them is not made. */
export type Taken = Readonly<Partial<Record<ActorName, readonly Fd[]>>>;

export type Read =
  | {readonly kind: 'call'; readonly actor: ActorName; readonly call: Call}
  /** `at`: the column of the word that is wrong. */
  | {readonly kind: 'wrong'; readonly complaint: Complaint; readonly at: number};

interface Word {
  readonly text: string;
  readonly at: number;
  readonly isQuoted: boolean;
}

class Wrong extends Error {
  readonly complaint: Complaint;
  readonly at: number;
  constructor(complaint: Complaint, at: number) {
    super(complaint.text.en);
    this.complaint = complaint;
    this.at = at;
  }
}

/** Reads one call as it is typed: `client send 19 "hello\n"`, or just `send`. Nothing is called. */
export function readCallLine(line: string, scene: Scene): Read {
  try {
    const [first, ...rest] = wordsOf(line);
    const named = scene.actors.find(actor => actor === first?.text);
    const [name, args] = named ? [rest[0], rest.slice(1)] : [first, rest];
    const actor = named ?? scene.actor;
    return {kind: 'call', actor, call: new Reader(args, actor, scene).read(name ?? {text: '', at: 0, isQuoted: false})};
  } catch (error) {
    if (error instanceof Wrong) return {kind: 'wrong', complaint: error.complaint, at: error.at};
    throw error;
  }
}

/** Words between spaces; a word in double quotes may hold spaces, and `\n`, `\xNN` and the like stand for bytes. */
function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|(")|([^\s"]+)/g;
  for (const found of line.matchAll(pattern)) {
    const [, quoted, open, plain] = found;
    if (open !== undefined) throw new Wrong({text: experimentText.unclosed, values: {}}, found.index);
    words.push({text: quoted ?? plain ?? '', at: found.index, isQuoted: quoted !== undefined});
  }
  return words;
}

const argumentNames = {
  socket: ['AF_INET|AF_INET6|AF_UNIX', 'SOCK_STREAM|SOCK_DGRAM'],
  bind: ['fd', 'address:port'],
  listen: ['fd', 'backlog'],
  accept: ['fd'],
  connect: ['fd', 'address:port'],
  send: ['fd', '"data"', 'flags'],
  recv: ['fd', 'length', 'flags'],
  sendto: ['fd', '"data"', 'address:port'],
  recvfrom: ['fd', 'length', 'flags'],
  shutdown: ['fd', 'SHUT_RD|SHUT_WR|SHUT_RDWR'],
  close: ['fd'],
  getsockname: ['fd'],
  getpeername: ['fd'],
  setsockopt: ['fd', 'option', 'value'],
  getsockopt: ['fd', 'option'],
  fcntl: ['fd', 'O_NONBLOCK|0'],
  poll: ['fd ...', 'timeout'],
} as const;
type TypedCall = keyof typeof argumentNames;

export const typedCalls = Object.keys(argumentNames) as readonly TypedCall[];

/** `send [fd] ["data"] [flags]`; null for a word that is no call. */
export function formOf(name: string): string | null {
  const known = typedCalls.find(one => one === name);
  return known ? [known, ...argumentNames[known].map(argument => `[${argument}]`)].join(' ') : null;
}

/** The call that the line is about so far, for help beside it; null while there is none. */
export function callBegun(line: string): string | null {
  const [first = '', second = ''] = line.trim().split(/\s+/);
  const name = actorNames.some(actor => actor === first) ? second : first;
  return typedCalls.find(one => one === name) ?? null;
}

/** Levels of the options that can be written by name. */
const options: Partial<Record<OptionName, OptionLevel>> = {
  SO_REUSEADDR: 'SOL_SOCKET',
  SO_TYPE: 'SOL_SOCKET',
  SO_ERROR: 'SOL_SOCKET',
  SO_SNDBUF: 'SOL_SOCKET',
  SO_RCVBUF: 'SOL_SOCKET',
  SO_KEEPALIVE: 'SOL_SOCKET',
  SO_LINGER: 'SOL_SOCKET',
  SO_ACCEPTCONN: 'SOL_SOCKET',
  TCP_NODELAY: 'IPPROTO_TCP',
  TCP_SYNCNT: 'IPPROTO_TCP',
  TCP_DEFER_ACCEPT: 'IPPROTO_TCP',
  IPV6_V6ONLY: 'IPPROTO_IPV6',
};

/** The most that one recv() asks for here, in bytes. */
const longestRead = 65_536;

/** Takes the arguments of one call from its words, in order, with defaults for what is left out. */
class Reader {
  readonly #words: Word[];
  readonly #actor: ActorName;
  readonly #scene: Scene;

  constructor(words: readonly Word[], actor: ActorName, scene: Scene) {
    this.#words = [...words];
    this.#actor = actor;
    this.#scene = scene;
  }

  read(word: Word): Call {
    const name = typedCalls.find(one => one === word.text);
    if (!name) {
      const values = {word: word.text, nearest: nearest(word.text, typedCalls)};
      throw new Wrong({text: experimentText.unknownCall, values}, word.at);
    }
    const call = this.#call(name);
    const [extra] = this.#words;
    if (extra) throw new Wrong({text: experimentText.tooMany, values: {word: extra.text}}, extra.at);
    return call;
  }

  #call(name: TypedCall): Call {
    switch (name) {
      case 'socket': {
        const domain = this.#oneOf(['AF_INET', 'AF_INET6', 'AF_UNIX']) ?? 'AF_INET';
        return {name, domain, type: this.#oneOf(['SOCK_STREAM', 'SOCK_DGRAM']) ?? 'SOCK_STREAM', protocol: 0};
      }
      case 'bind':
        return {name, fd: this.#fd(2), address: this.#address() ?? this.#ownAddress()};
      case 'connect':
        return {name, fd: this.#fd(2), address: this.#address() ?? this.#peerAddress()};
      case 'listen':
        return {name, fd: this.#fd(2), backlog: this.#number('backlog', -1, 1_000_000) ?? 5};
      case 'accept':
        return {name, fd: this.#fd(1, row => row.state === 'LISTEN')};
      case 'send':
        return {name, fd: this.#fd(3), data: this.#data(), flags: this.#flags()};
      case 'recv':
      case 'recvfrom':
        return {name, fd: this.#fd(3), length: this.#number('length', 0, longestRead) ?? 4096, flags: this.#flags()};
      case 'sendto':
        return {name, fd: this.#fd(3), data: this.#data(), flags: 0, address: this.#address() ?? this.#peerAddress()};
      case 'shutdown':
        return {name, fd: this.#fd(2), how: this.#oneOf(['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']) ?? 'SHUT_WR'};
      case 'close':
      case 'getsockname':
      case 'getpeername':
        return {name, fd: this.#fd(1, () => true)};
      case 'setsockopt': {
        const of = this.#fd(3, () => true);
        const option = this.#option();
        const value = this.#number('value', -(2 ** 31), 2 ** 31 - 1) ?? 1;
        return {name, fd: of, ...option, value: option.option === 'SO_LINGER' ? {onoff: 1, seconds: value} : value};
      }
      case 'getsockopt':
        return {name, fd: this.#fd(2, () => true), ...this.#option()};
      case 'fcntl': {
        const of = this.#fd(2, () => true);
        return {name, fd: of, command: 'F_SETFL', value: this.#oneOf(['O_NONBLOCK', '0']) === '0' ? 0 : 'O_NONBLOCK'};
      }
      case 'poll':
        return this.#poll();
    }
  }

  /** All open sockets where none is named; the last word is the timeout when it is no descriptor. */
  #poll(): Call {
    const own = this.#own().map(row => row.fd);
    const fds: number[] = [];
    while (this.#words[0] && own.some(n => String(n) === this.#words[0]?.text))
      fds.push(Number(this.#words.shift()?.text));
    const timeout = this.#number('timeout', -1, 60_000) ?? -1;
    const asked = fds.length > 0 ? fds : own.flatMap(n => n ?? []);
    return {name: 'poll', fds: asked.map(n => ({fd: fd(n), events: ['POLLIN']})), timeout};
  }

  #own(): SocketRow[] {
    return this.#scene.sockets.filter(row => row.actor === this.#actor && row.fd !== null);
  }

  /**
   * A number is the descriptor when it is one of the actor's, or when the words are as many as the arguments; else the
   * actor's newest socket that suits the call.
   */
  #fd(count: number, suits: (row: SocketRow) => boolean = row => row.state !== 'LISTEN') {
    const [word] = this.#words;
    const isNumber = word !== undefined && /^-?\d{1,9}$/.test(word.text) && !word.isQuoted;
    const own = this.#own();
    if (isNumber && (this.#words.length >= count || own.some(row => String(row.fd) === word.text))) {
      this.#words.shift();
      const given = fd(Number(word.text));
      const isTaken = this.#scene.taken[this.#actor]?.includes(given);
      if (isTaken) throw new Wrong({text: experimentText.taken, values: {fd: given}}, word.at);
      return given;
    }
    const newest = (rows: SocketRow[]) => rows.toSorted((a, b) => Number(b.fd) - Number(a.fd))[0];
    const chosen = newest(own.filter(suits)) ?? newest(own);
    if (chosen?.fd === undefined || chosen.fd === null) {
      throw new Wrong({text: experimentText.noSocket, values: {actor: this.#actor}}, word?.at ?? 0);
    }
    return chosen.fd;
  }

  #oneOf<T extends string>(all: readonly T[]): T | null {
    const [word] = this.#words;
    if (!word) return null;
    const found = all.find(one => one.toLowerCase() === word.text.toLowerCase());
    if (!found) throw wrongArgument(word, all.join(' | '));
    this.#words.shift();
    return found;
  }

  #number(name: string, least: number, most: number): number | null {
    const [word] = this.#words;
    if (!word) return null;
    const value = /^-?\d{1,10}$/.test(word.text) ? Number(word.text) : Number.NaN;
    if (!(value >= least && value <= most)) throw wrongArgument(word, name);
    this.#words.shift();
    return value;
  }

  #data(): string {
    const [word] = this.#words;
    if (word) this.#words.shift();
    return toBase64(word ? (word.isQuoted ? bytesOfQuoted(word.text) : bytesOfText(word.text)) : bytesOfText('hello'));
  }

  /** `MSG_PEEK|MSG_DONTWAIT`. */
  #flags(): number {
    const [word] = this.#words;
    if (!word) return 0;
    const bits = word.text.split('|').map(name => messageFlags[name as keyof typeof messageFlags]);
    if (word.text !== '0' && bits.some(bit => bit === undefined)) throw wrongArgument(word, 'flags');
    this.#words.shift();
    return bits.reduce((all, bit) => all | (bit ?? 0), 0);
  }

  #option(): {level: OptionLevel; option: OptionName} {
    const [word] = this.#words;
    const found = Object.entries(options).find(([name]) => name === word?.text);
    if (!word || !found)
      throw wrongArgument(word ?? {text: '', at: 0, isQuoted: false}, Object.keys(options).join(' | '));
    this.#words.shift();
    return {level: found[1], option: found[0] as OptionName};
  }

  /** Only this machine's own addresses: an experiment stays on loopback. */
  #address(): Address | null {
    const [word] = this.#words;
    if (!word) return null;
    const [, six, four, number = ''] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)):(\d{1,5})$/.exec(word.text) ?? [];
    const isHere = six === '::1' || six === '::' || four === '0.0.0.0' || isLoopback(four ?? '');
    if (!isHere || !isPort(Number(number))) throw wrongArgument(word, '127.0.0.1:port | [::1]:port');
    this.#words.shift();
    const common = {port: port(Number(number))};
    return six !== undefined
      ? {family: 'AF_INET6', host: six, ...common}
      : {family: 'AF_INET', host: four ?? '', ...common};
  }

  #ownAddress(): Address {
    const at = this.#actor === 'server' ? this.#scene.serverPort : port(0);
    return {family: 'AF_INET', host: '127.0.0.1', port: at};
  }

  /** Where somebody listens or has bound a datagram socket; else where the server would. */
  #peerAddress(): Address {
    const others = this.#scene.sockets.filter(
      row => row.fd !== null && row.actor !== this.#actor && 'port' in row.local,
    );
    const row = others.find(({state}) => state === 'LISTEN') ?? others.find(({protocol}) => protocol.startsWith('udp'));
    if (!row || !('port' in row.local)) return {family: 'AF_INET', host: '127.0.0.1', port: this.#scene.serverPort};
    const {host, port: at} = row.local;
    if (host.includes(':')) return {family: 'AF_INET6', host: host === '::' ? '::1' : host, port: at};
    return {family: 'AF_INET', host: host === '0.0.0.0' ? '127.0.0.1' : host, port: at};
  }
}

const wrongArgument = (word: Word, name: string): Wrong =>
  new Wrong({text: experimentText.badArgument, values: {word: word.text, name}}, word.at);

/** As inet_pton(3) reads it: four decimal numbers, without leading zeros. */
function isLoopback(host: string): boolean {
  const parts = host.split('.');
  const isByte = (part: string) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
  return parts.length === 4 && parts[0] === '127' && parts.every(isByte);
}

const escapes: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', '0': '\0'};

function bytesOfQuoted(text: string): Uint8Array {
  const parts = [...text.matchAll(/\\x([0-9a-fA-F]{2})|\\(.)|[^\\]+/gs)].map(([whole, hex, escaped]) => {
    if (hex !== undefined) return Buffer.from(hex, 'hex');
    return Buffer.from(escaped === undefined ? whole : (escapes[escaped] ?? escaped));
  });
  return new Uint8Array(Buffer.concat(parts));
}
