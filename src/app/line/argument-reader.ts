import {labText} from '../../messages/lab.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Address} from '../../model/address.ts';
import {type Fd, fd} from '../../model/brands.ts';
import {
  type Linger,
  type OptionLevel,
  type OptionName,
  optionLevelOf,
  type PollEvent,
  type SocketFlag,
  type SocketType,
  type Timeout,
} from '../../model/call.ts';
import {bytesOfText, toBase64} from '../../model/payload.ts';
import type {SocketRow} from '../../model/sockets.ts';
import {nearest} from '../words/nearest.ts';
import {WrongWord} from '../words/wrong-word.ts';
import {optionNames, pollEvents, socketFlags, socketTypes} from './argument-words.ts';
import type {TypedCall} from './call-forms.ts';
import {isNotListening, LeftOut} from './left-out.ts';
import type {Word} from './line-words.ts';
import type {Scene} from './scene.ts';
import {isFileName, isHostAndPort, readAddress, readFileName} from './typed-address.ts';
import {bytesOfQuoted, longestData} from './typed-data.ts';
import {flagsOf, isDigits, leastPort, lingerOf, protocols, wrongArgument} from './typed-numbers.ts';

/** Takes the arguments of one call from its words, in order, with defaults for what is left out. Throws `WrongWord`. */
export class ArgumentReader {
  /** Those that are left. */
  readonly words: Word[];
  readonly isC: boolean;
  readonly actor: ActorName;
  readonly scene: Scene;
  readonly leftOut: LeftOut;
  /** Where the call's own name stands: what is missing is missing there. */
  readonly at: number;

  /** @param isC as C and the list of calls have it, in parentheses */
  constructor(words: readonly Word[], isC: boolean, actor: ActorName, scene: Scene, at: number) {
    this.words = [...words];
    this.isC = isC;
    this.actor = actor;
    this.scene = scene;
    this.leftOut = new LeftOut(actor, scene, at);
    this.at = at;
  }

  /** Without the addresses that C would have the kernel fill in; and `fd19`, as the pane of C has it, is 19. */
  dropUnasked(name: TypedCall): void {
    const isFilled = ['accept', 'accept4', 'getsockname', 'getpeername'].includes(name);
    const isAsked = ({text, isQuoted}: Word) => isQuoted || !(text === 'NULL' || (isFilled && /^&\w+$/.test(text)));
    const asked = this.words.filter(isAsked);
    const [first] = asked;
    const named =
      first && !first.isQuoted && this.#labelled(first) === undefined ? /^fd(\d{1,9})$/.exec(first.text) : null;
    if (first && named) asked[0] = {...first, text: named[1] ?? ''};
    this.words.splice(0, this.words.length, ...asked);
  }

  pollFd(): Fd | null {
    const [word, next] = this.words;
    if (!word) return null;
    const own = this.#labelled(word) ?? this.leftOut.sockets.find(row => String(row.fd) === word.text)?.fd;
    // A number that something follows is no timeout: the kernel says what it thinks of it (POLLNVAL).
    const isFd = own !== undefined && own !== null;
    const asked = isFd ? own : next && /^\d{1,9}$/.test(word.text) ? fd(Number(word.text)) : null;
    if (asked !== null) this.words.shift();
    return asked;
  }

  /** `POLLIN|POLLOUT`. */
  pollEvents(): readonly PollEvent[] | null {
    const [word] = this.words;
    if (!word?.text.startsWith('POLL')) return null;
    const events = word.text.split('|').map(name => pollEvents.find(one => one === name));
    if (events.includes(undefined)) throw wrongArgument(word, pollEvents.join(' | '));
    this.words.shift();
    return events.flatMap(event => event ?? []);
  }

  #labelled = (word: Word): Fd | undefined =>
    word.isQuoted ? undefined : this.scene.labels[this.actor]?.get(word.text);

  /**
   * A number is the descriptor when it is one of the actor's, or when the words are as many as the arguments, or when no other
   * argument of the call is a number; else it is the actor's newest socket that suits the call.
   */
  fd(count: number, suits: (row: SocketRow) => boolean = isNotListening, isOnlyNumber = false): Fd {
    const [word] = this.words;
    const labelled = word && this.#labelled(word);
    if (labelled !== undefined) {
      this.words.shift();
      return labelled;
    }
    const isNumber = word !== undefined && /^-?\d{1,9}$/.test(word.text) && !word.isQuoted;
    const own = this.leftOut.sockets;
    // A lesson's name for a socket, as its next call has it; here there are no names.
    if (this.isC && word && !word.isQuoted && /^[a-z][\w-]*$/.test(word.text)) this.words.shift();
    const isOwn = own.some(row => String(row.fd) === word?.text);
    // Where an address comes next, a large number is a port without one.
    const isOnly = isOnlyNumber && Number(word?.text) < leastPort;
    if (isNumber && (this.words.length >= count || isOwn || isOnly)) {
      this.words.shift();
      const given = fd(Number(word.text));
      const isTaken = this.scene.taken[this.actor]?.includes(given);
      if (isTaken) throw new WrongWord(labText.taken, {fd: given}, word.at);
      return given;
    }
    const newest = this.leftOut.newest(suits);
    if (newest === null) throw new WrongWord(labText.noSocket, {actor: this.actor}, word?.at ?? this.at);
    return newest;
  }

  oneOf<T extends string>(all: readonly T[]): T | null {
    const [word] = this.words;
    if (!word) return null;
    const found = all.find(one => one.toLowerCase() === word.text.toLowerCase());
    if (!found) throw wrongArgument(word, all.join(' | '));
    this.words.shift();
    return found;
  }

  number(name: string, least: number, most: number): number | null {
    const [word] = this.words;
    if (!word) return null;
    const value = isDigits(word) ? Number(word.text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      const at = word.at + Math.max(0, word.text.search(/(?!^-)\D/));
      throw new WrongWord(labText.badNumber, {word: word.text, name, least, most}, at);
    }
    this.words.shift();
    return value;
  }

  /** `"hello\n"`, or `"x"*1000`: the same a thousand times. */
  data(): string {
    const word = this.words.shift();
    if (!word) return toBase64(bytesOfText('hello'));
    const once = word.isQuoted ? bytesOfQuoted(word.text) : bytesOfText(word.text);
    const [times] = this.words;
    if (!word.isQuoted || !times?.text.startsWith('*') || times.at !== word.end) return toBase64(once);
    this.words.shift();
    const count = /^\*\d{1,9}$/.test(times.text) ? Number(times.text.slice(1)) : Number.NaN;
    if (!(count * once.length <= longestData)) {
      throw new WrongWord(labText.tooMuch, {word: times.text, most: longestData}, times.at);
    }
    return Buffer.alloc(count * once.length, once).toString('base64');
  }

  /** In C a length stands between the data and the flags: so many of its bytes. */
  sized(data: string): string {
    const [length, flags] = this.words;
    const isSized = this.isC && length && isDigits(length) && flags && flagsOf(flags.text) !== null;
    if (!isSized) return data;
    const bytes = Buffer.from(data, 'base64');
    return bytes.subarray(0, this.number('length', 0, bytes.length) ?? bytes.length).toString('base64');
  }

  /** A number, or its name in netinet/in.h. */
  protocol(): number {
    const [word] = this.words;
    const named = word && protocols[word.text.toUpperCase()];
    if (named === undefined) return this.number('protocol', 0, 255) ?? 0;
    this.words.shift();
    return named;
  }

  /** `MSG_PEEK|MSG_DONTWAIT`. */
  flags(): number {
    const [word] = this.words;
    if (!word) return 0;
    const flags = flagsOf(word.text);
    if (flags === null) throw wrongArgument(word, 'flags');
    this.words.shift();
    return flags;
  }

  /** `SOCK_STREAM`, `SOCK_STREAM|SOCK_NONBLOCK`, or only `SOCK_NONBLOCK`. */
  type(): {readonly type: SocketType; readonly flags?: readonly SocketFlag[]} {
    const [word] = this.words;
    if (!word || isDigits(word)) return {type: 'SOCK_STREAM'};
    const names = word.text.toUpperCase().split('|');
    const types = socketTypes.filter(type => names.includes(type));
    const flags = socketFlags.filter(flag => names.includes(flag));
    if (types.length > 1 || types.length + flags.length !== names.length) {
      throw wrongArgument(word, [...socketTypes, ...socketFlags].join(' | '));
    }
    this.words.shift();
    return {type: types[0] ?? 'SOCK_STREAM', ...(flags.length > 0 ? {flags} : {})};
  }

  socketFlags(): readonly SocketFlag[] | null {
    const [word] = this.words;
    if (!word) return null;
    const names = word.text === '0' ? [] : word.text.toUpperCase().split('|');
    const flags = socketFlags.filter(flag => names.includes(flag));
    if (flags.length !== names.length) throw wrongArgument(word, socketFlags.join(' | '));
    this.words.shift();
    return flags;
  }

  option(call: TypedCall): {level: OptionLevel; option: OptionName} {
    const isLevel = Object.values(optionLevelOf).some(level => level === this.words[0]?.text);
    if (isLevel) this.words.shift();
    const [word] = this.words;
    if (!word) throw new WrongWord(labText.whichOption, {call, names: optionNames.join(' | ')}, this.at);
    const found = optionNames.find(name => name === word.text.toUpperCase());
    if (!found)
      throw new WrongWord(labText.unknownWord, {word: word.text, nearest: nearest(word.text, optionNames)}, word.at);
    this.words.shift();
    return {level: optionLevelOf[found], option: found};
  }

  /** One number; or two, as C has them in a struct linger or timeval. */
  optionValue(option: OptionName): number | Linger | Timeout {
    const number = () => this.number('value', -(2 ** 31), 2 ** 31 - 1);
    const [value, second] = [number(), number()];
    if (option === 'SO_LINGER') return lingerOf(value ?? 1, second);
    if (option !== 'SO_RCVTIMEO' && option !== 'SO_SNDTIMEO') return value ?? 1;
    // Seconds and microseconds in C, milliseconds as it is typed.
    return {milliseconds: second === null ? (value ?? 1000) : 1000 * (value ?? 0) + second / 1000};
  }

  /** The address that a line ends with tells which sockets it may be about. */
  suitsAddress(): (row: SocketRow) => boolean {
    const text = this.words.at(-1)?.text ?? '';
    if (isFileName(text)) return row => isNotListening(row) && row.protocol === 'unix';
    return isHostAndPort(text) ? row => isNotListening(row) && row.protocol !== 'unix' : isNotListening;
  }

  address(call: TypedCall, of: Fd): Address | null {
    const word = this.words.shift();
    if (!word) return null;
    // An address of another family than the socket's is the kernel's to refuse.
    if (isFileName(word.text) || (this.leftOut.socketOf(of)?.protocol === 'unix' && !isHostAndPort(word.text))) {
      return {family: 'AF_UNIX', path: readFileName(word.text, word.at, this.scene.folder)};
    }
    return readAddress(word.text, word.at, call);
  }

  /** Other names would be asked for outside this machine. */
  host(): string | null {
    const word = this.words.shift();
    if (!word) return null;
    if (!/^(localhost|[\d.]+|[0-9a-f:]+)$/i.test(word.text)) {
      throw new WrongWord(labText.onlyLocalhost, {word: word.text}, word.at);
    }
    return word.text;
  }
}
