import {labText} from '../messages/lab.ts';
import {type ActorName, actorNames} from '../model/actor.ts';
import type {Address} from '../model/address.ts';
import {type Fd, fd, type Port, port} from '../model/brands.ts';
import {type Call, type Linger, messageFlags, type OptionLevel, type OptionName} from '../model/call.ts';
import {bytesOfText, toBase64} from '../model/payload.ts';
import type {SocketRow} from '../model/sockets.ts';
import {Unclosed, type Word, wordsOf} from './line-words.ts';
import {isNear, nearest} from './nearest.ts';
import type {Complaint} from './options.ts';
import {readAddress} from './typed-address.ts';

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
  /** Only a side was named: whose turn it is where the lines after it do not say. */
  | {readonly kind: 'side'; readonly actor: ActorName}
  /** `at`: the column of the word that is wrong. */
  | {readonly kind: 'wrong'; readonly complaint: Complaint; readonly at: number};

class Wrong extends Error {
  readonly complaint: Complaint;
  readonly at: number;
  constructor(complaint: Complaint, at: number) {
    super(complaint.text.en);
    this.complaint = complaint;
    this.at = at;
  }
}

/**
 * Reads one call as it is typed: `client send 19 "hello\n"`, just `send`, or as the list of calls has it:
 * `send(19, "hello", 0)`. Nothing is called.
 */
export function readCallLine(line: string, scene: Scene): Read {
  try {
    const {words, isC} = wordsOf(line, isCallName);
    const [first, ...rest] = words;
    const named = scene.actors.find(actor => actor === first?.text);
    const [name, args] = named ? [rest[0], rest.slice(1)] : [first, rest];
    const actor = named ?? scene.actor;
    if (!name) return {kind: 'side', actor};
    return {kind: 'call', actor, call: new Reader(args, isC, actor, scene).read(name)};
  } catch (error) {
    if (error instanceof Wrong) return {kind: 'wrong', complaint: error.complaint, at: error.at};
    if (error instanceof Unclosed) return wrong(labText.unclosed, {}, error.at);
    throw error;
  }
}

const wrong = (text: Complaint['text'], values: Complaint['values'], at: number): Read => ({
  kind: 'wrong',
  complaint: {text, values},
  at,
});

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

/** What does the same to a socket, or nearly so. */
const otherNames: ReadonlyMap<string, TypedCall> = new Map([
  ...(['read', 'readv', 'recvmsg'] as const).map(name => [name, 'recv'] as const),
  ...(['write', 'writev', 'sendmsg'] as const).map(name => [name, 'send'] as const),
  ...(['select', 'pselect', 'ppoll', 'epoll_wait'] as const).map(name => [name, 'poll'] as const),
  ['accept4', 'accept'],
  ['ioctl', 'fcntl'],
]);

const isCallName = (word: string): boolean => typedCalls.some(one => one === word);

/** `send [fd] ["data"] [flags]`; null for a word that is no call. */
export function formOf(name: string): string | null {
  const known = typedCalls.find(one => one === name);
  return known ? [known, ...argumentNames[known].map(argument => `[${argument}]`)].join(' ') : null;
}

/** The call that the line is about so far, for help beside it; null while there is none. */
export function callBegun(line: string): string | null {
  const [first = '', second = ''] = line.trim().split(/[\s(]+/);
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
  readonly #isC: boolean;
  readonly #actor: ActorName;
  readonly #scene: Scene;

  constructor(words: readonly Word[], isC: boolean, actor: ActorName, scene: Scene) {
    this.#words = [...words];
    this.#isC = isC;
    this.#actor = actor;
    this.#scene = scene;
  }

  read(word: Word): Call {
    const name = typedCalls.find(one => one === word.text);
    if (!name) throw new Wrong(unknownCall(word.text), word.at);
    this.#dropWritten(name);
    const call = this.#call(name);
    const [extra] = this.#words;
    if (extra) throw new Wrong({text: labText.tooMany, values: {word: extra.text}}, extra.at);
    return call;
  }

  #call(name: TypedCall): Call {
    switch (name) {
      case 'socket': {
        const domain = this.#oneOf(['AF_INET', 'AF_INET6', 'AF_UNIX']) ?? 'AF_INET';
        const type = this.#oneOf(['SOCK_STREAM', 'SOCK_DGRAM']) ?? 'SOCK_STREAM';
        this.#oneOf(['0']);
        return {name, domain, type, protocol: 0};
      }
      case 'bind':
        return {name, fd: this.#fd(2), address: this.#address(name) ?? this.#ownAddress()};
      case 'connect':
        return {name, fd: this.#fd(2), address: this.#address(name) ?? this.#peerAddress()};
      case 'listen':
        return {name, fd: this.#fd(2), backlog: this.#number('backlog', -1, 1_000_000) ?? 5};
      case 'accept':
        return {name, fd: this.#fd(1, row => row.state === 'LISTEN')};
      case 'send':
        return {name, fd: this.#fd(3), data: this.#data(), flags: this.#flags()};
      case 'recv':
      case 'recvfrom': {
        const of = this.#fd(3);
        // In C the buffer stands before its length.
        if (this.#isC && this.#words[0] && !isDigits(this.#words[0])) this.#words.shift();
        return {name, fd: of, length: this.#number('length', 0, longestRead) ?? 4096, flags: this.#flags()};
      }
      case 'sendto':
        return this.#sendto();
      case 'shutdown':
        return {name, fd: this.#fd(2), how: this.#oneOf(['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']) ?? 'SHUT_WR'};
      case 'close':
      case 'getsockname':
      case 'getpeername':
        return {name, fd: this.#fd(1, () => true)};
      case 'setsockopt': {
        const of = this.#fd(3, () => true);
        const option = this.#option(name);
        const number = () => this.#number('value', -(2 ** 31), 2 ** 31 - 1);
        const [value = 1, seconds] = [number(), number()].flatMap(n => n ?? []);
        if (option.option !== 'SO_LINGER') return {name, fd: of, ...option, value};
        return {name, fd: of, ...option, value: lingerOf(value, seconds)};
      }
      case 'getsockopt':
        return {name, fd: this.#fd(2, () => true), ...this.#option(name)};
      case 'fcntl': {
        const of = this.#fd(2, () => true);
        if (this.#words[0]?.text === 'F_SETFL') this.#words.shift();
        return {name, fd: of, command: 'F_SETFL', value: this.#oneOf(['O_NONBLOCK', '0']) === '0' ? 0 : 'O_NONBLOCK'};
      }
      case 'poll':
        return this.#poll();
    }
  }

  /** What the kernel wrote is no argument, but two calls have braces of their own. */
  #dropWritten(name: TypedCall): void {
    const isKept = (word: Word) =>
      name === 'poll' ? !/^POLL[A-Z|]*$/.test(word.text) : name === 'setsockopt' || !word.isWritten;
    this.#words.splice(0, this.#words.length, ...this.#words.filter(isKept));
  }

  #sendto(): Call {
    const [of, data] = [this.#fd(3), this.#data()];
    // As the list of calls has it, its flags stand before the address.
    const flags = this.#isC && this.#words.length > 1 ? this.#flags() : 0;
    return {name: 'sendto', fd: of, data, flags, address: this.#address('sendto') ?? this.#peerAddress()};
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
    // A lesson's name for a socket, as its next call has it; here there are no names.
    if (this.#isC && word && !word.isQuoted && /^[a-z][\w-]*$/.test(word.text)) this.#words.shift();
    if (isNumber && (this.#words.length >= count || own.some(row => String(row.fd) === word.text))) {
      this.#words.shift();
      const given = fd(Number(word.text));
      const isTaken = this.#scene.taken[this.#actor]?.includes(given);
      if (isTaken) throw new Wrong({text: labText.taken, values: {fd: given}}, word.at);
      return given;
    }
    const newest = (rows: SocketRow[]) => rows.toSorted((a, b) => Number(b.fd) - Number(a.fd))[0];
    const chosen = newest(own.filter(suits)) ?? newest(own);
    if (chosen?.fd === undefined || chosen.fd === null) {
      throw new Wrong({text: labText.noSocket, values: {actor: this.#actor}}, word?.at ?? 0);
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
    const value = isDigits(word) ? Number(word.text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new Wrong({text: labText.badNumber, values: {word: word.text, name, least, most}}, word.at);
    }
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

  #option(call: TypedCall): {level: OptionLevel; option: OptionName} {
    const isLevel = Object.values(options).some(level => level === this.#words[0]?.text);
    if (isLevel) this.#words.shift();
    const [word] = this.#words;
    const names = Object.keys(options).join(' | ');
    if (!word) throw new Wrong({text: labText.whichOption, values: {call, names}}, 0);
    const found = Object.entries(options).find(([name]) => name === word.text);
    if (!found) throw wrongArgument(word, names);
    this.#words.shift();
    return {level: found[1], option: found[0] as OptionName};
  }

  #address(call: TypedCall): Address | null {
    const word = this.#words.shift();
    if (!word) return null;
    const read = readAddress(word.text, call);
    if ('complaint' in read) throw new Wrong(read.complaint, word.at);
    return read.address;
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
  new Wrong({text: labText.badArgument, values: {word: word.text, name}}, word.at);

const isDigits = (word: Word): boolean => /^-?\d{1,10}$/.test(word.text) && !word.isQuoted;

/** How many seconds; or, as in C, whether at all and how many. */
const lingerOf = (value: number, seconds: number | undefined): Linger =>
  seconds === undefined ? {onoff: 1, seconds: value} : {onoff: value === 0 ? 0 : 1, seconds};

function unknownCall(word: string): Complaint {
  const same = otherNames.get(word);
  const like = same ?? nearest(word, typedCalls);
  const isMeant = same !== undefined || isNear(word, like);
  return isMeant ? {text: labText.unknownCall, values: {word, nearest: like}} : {text: labText.noCall, values: {word}};
}

const escapes: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', '0': '\0'};

function bytesOfQuoted(text: string): Uint8Array {
  const parts = [...text.matchAll(/\\x([0-9a-fA-F]{2})|\\(.)|[^\\]+/gs)].map(([whole, hex, escaped]) => {
    if (hex !== undefined) return Buffer.from(hex, 'hex');
    return Buffer.from(escaped === undefined ? whole : (escapes[escaped] ?? escaped));
  });
  return new Uint8Array(Buffer.concat(parts));
}
