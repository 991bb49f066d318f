import {labText} from '../../messages/lab.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Fd} from '../../model/brands.ts';
import type {Call, PollEvent} from '../../model/call.ts';
import {WrongWord} from '../words/wrong-word.ts';
import {ArgumentReader} from './argument-reader.ts';
import {domains, shutdownHows} from './argument-words.ts';
import type {TypedCall} from './call-forms.ts';
import {isAny, isNotListening} from './left-out.ts';
import type {Word} from './line-words.ts';
import type {Scene} from './scene.ts';
import {readFileName} from './typed-address.ts';
import {flagsOf, isDigits} from './typed-numbers.ts';

/** The most that one recv() asks for here, in bytes. */
const longestRead = 65_536;

/**
 * A call from the words of its arguments, with defaults for what is left out. Throws `WrongWord`.
 *
 * @param at where the call's own name stands
 */
export function readCall(
  name: TypedCall,
  words: readonly Word[],
  isC: boolean,
  actor: ActorName,
  scene: Scene,
  at: number,
): Call {
  const read = new ArgumentReader(withoutWritten(name, words), isC, actor, scene, at);
  if (isC) read.dropUnasked(name);
  const call = calls[name](read);
  const [extra] = read.words;
  if (extra) throw new WrongWord(labText.tooMany, {word: extra.text}, extra.at);
  return call;
}

/** What the kernel wrote is no argument, but two calls have braces of their own. */
const withoutWritten = (name: TypedCall, words: readonly Word[]): readonly Word[] =>
  name === 'poll' || name === 'setsockopt' ? words : words.filter(({isWritten}) => !isWritten);

/** How each call takes its arguments. */
const calls: Readonly<Record<TypedCall, (read: ArgumentReader) => Call>> = {
  socket: read => {
    const domain = read.oneOf(domains) ?? 'AF_INET';
    return {name: 'socket', domain, ...read.type(), protocol: read.protocol()};
  },
  socketpair: read => {
    const domain = read.oneOf(domains) ?? 'AF_UNIX';
    return {name: 'socketpair', domain, ...read.type(), protocol: read.protocol()};
  },
  bind: read => {
    const of = read.fd(2, read.suitsAddress(), true);
    return {name: 'bind', fd: of, address: read.address('bind', of) ?? read.leftOut.ownAddress(of)};
  },
  connect: read => {
    const of = read.fd(2, read.suitsAddress(), true);
    return {name: 'connect', fd: of, address: read.address('connect', of) ?? read.leftOut.peerAddress(of)};
  },
  listen: read => ({name: 'listen', fd: read.fd(2), backlog: read.number('backlog', -1, 1_000_000) ?? 5}),
  accept: read => ({name: 'accept', fd: read.fd(1, row => row.state === 'LISTEN')}),
  accept4: read => {
    const of = read.fd(2, row => row.state === 'LISTEN');
    return {name: 'accept4', fd: of, flags: read.socketFlags() ?? ['SOCK_NONBLOCK']};
  },
  send: read => ({name: 'send', fd: read.fd(3), data: read.sized(read.data()), flags: read.flags()}),
  recv: read => ({name: 'recv', ...received(read)}),
  recvfrom: read => ({name: 'recvfrom', ...received(read)}),
  sendto,
  shutdown: read => ({
    name: 'shutdown',
    fd: read.fd(2, isNotListening, true),
    how: read.oneOf(shutdownHows) ?? 'SHUT_WR',
  }),
  close: read => ({name: 'close', fd: read.fd(1, isAny)}),
  getsockname: read => ({name: 'getsockname', fd: read.fd(1, isAny)}),
  getpeername: read => ({name: 'getpeername', fd: read.fd(1, isAny)}),
  setsockopt: read => {
    const of = read.fd(3, isAny, true);
    const option = read.option('setsockopt');
    return {name: 'setsockopt', fd: of, ...option, value: read.optionValue(option.option)};
  },
  getsockopt: read => ({name: 'getsockopt', fd: read.fd(2, isAny, true), ...read.option('getsockopt')}),
  fcntl: read => {
    const of = read.fd(2, isAny);
    const command = read.words[0]?.text;
    if (command === 'F_SETFL' || command === 'F_GETFL') read.words.shift();
    if (command === 'F_GETFL') return {name: 'fcntl', fd: of, command};
    const value = read.oneOf(['O_NONBLOCK', '0']) === '0' ? 0 : 'O_NONBLOCK';
    return {name: 'fcntl', fd: of, command: 'F_SETFL', value};
  },
  poll,
  getaddrinfo: read => ({name: 'getaddrinfo', host: read.host() ?? 'localhost'}),
  getifaddrs: () => ({name: 'getifaddrs'}),
  unlink: read => {
    const word = read.words.shift();
    if (!word) throw new WrongWord(labText.whichFile, {}, read.at);
    return {name: 'unlink', path: readFileName(word.text, word.at, read.scene.folder)};
  },
};

/** In C the buffer stands before its length. */
function received(read: ArgumentReader): {fd: Fd; length: number; flags: number} {
  const of = read.fd(3);
  const isNamed = (word: Word | undefined) => word !== undefined && !isDigits(word) && flagsOf(word.text) !== null;
  if (read.isC && read.words[0] && !isDigits(read.words[0]) && !isNamed(read.words[0])) read.words.shift();
  const length = isNamed(read.words[0]) ? null : read.number('length', 0, longestRead);
  return {fd: of, length: length ?? 4096, flags: read.flags()};
}

/** As the list of calls has it, its flags stand before the address; as it is typed, after. */
function sendto(read: ArgumentReader): Call {
  const [of, data] = [read.fd(3), read.sized(read.data())];
  const before = read.isC && read.words.length > 1 ? read.flags() : 0;
  const isFlags = read.words[0] !== undefined && flagsOf(read.words[0].text) !== null;
  const address = (isFlags ? null : read.address('sendto', of)) ?? read.leftOut.peerAddress(of);
  return {name: 'sendto', fd: of, data, flags: before | read.flags(), address};
}

/** All open sockets where none is named, each with what is asked of it; the last word is the timeout when it is no descriptor. */
function poll(read: ArgumentReader): Call {
  const asked: {fd: Fd; events: readonly PollEvent[]}[] = [];
  const all = read.pollEvents();
  for (let of = read.pollFd(); of !== null; of = read.pollFd()) {
    asked.push({fd: of, events: read.pollEvents() ?? all ?? ['POLLIN']});
  }
  const timeout = read.number('timeout', -1, 60_000) ?? -1;
  const own = read.leftOut.sockets.flatMap(row =>
    row.fd === null ? [] : [{fd: row.fd, events: all ?? (['POLLIN'] as const)}],
  );
  if (asked.length === 0 && own.length === 0) throw new WrongWord(labText.noSocket, {actor: read.actor}, read.at);
  return {name: 'poll', fds: asked.length > 0 ? asked : own, timeout};
}
