import {endianness} from 'node:os';
import type {KoffiFunc} from 'koffi';
import {fd} from '../../model/brands.ts';
import type {Call, LibcCall, PollEvent, SocketFlag} from '../../model/call.ts';
import type {Returned} from '../../model/outcome.ts';
import {fromBase64, toBase64} from '../../model/payload.ts';
import {
  fcntlCommands,
  O_NONBLOCK,
  optionLevels,
  optionNames,
  pollEvents,
  shutdownHows,
  signals,
  socketFlags,
  socketTypes,
} from './constants.ts';
import type {Functions} from './libc-functions.ts';
import type {Hosts, Interfaces} from './libc-lists.ts';
import {optionBytes, optionRoom, readOption} from './option-value.ts';
import {type AddressText, decodeAddress, encodeAddress, familyNumber, storageSize} from './sockaddr.ts';

const isLittle = endianness() === 'LE';

type Done = (error: unknown, value: number) => void;

export interface Prepared {
  /** Makes the call and hands over what it returned. */
  readonly make: (done: Done) => void;
  /** What the call wrote through its pointers, once it has worked. */
  readonly read?: (value: number) => Omit<Returned, 'kind' | 'value'>;
  /** The socket address that it was given, or that it wrote; null when it wrote none. */
  readonly sockaddr?: (value: number) => Uint8Array | null;
}

/** What calls are made with. */
export interface With {
  readonly libc: Functions;
  readonly text: AddressText;
  readonly hosts: Hosts;
  readonly interfaces: Interfaces;
}

type PreparedCalls = {
  readonly [N in LibcCall['name']]: (call: Extract<LibcCall, {name: N}>, tools: With) => Prepared;
};

/** Turns a call into the one function that makes it, so that encoding its arguments is not timed. */
export const prepare = (call: LibcCall, tools: With): Prepared =>
  (preparedCalls[call.name] as (call: LibcCall, tools: With) => Prepared)(call, tools);

const preparedCalls: PreparedCalls = {
  socket: (call, {libc}) => atOnce(libc.socket, familyNumber(call.domain), typeNumber(call), call.protocol),
  socketpair: (call, {libc}) => {
    const fds = new Int32Array(2);
    return {
      ...atOnce(libc.socketpair, familyNumber(call.domain), typeNumber(call), call.protocol, fds),
      read: () => ({fds: [fd(fds[0] ?? -1), fd(fds[1] ?? -1)]}),
    };
  },
  bind: (call, {libc, text}) => {
    const address = encodeAddress(call.address, text);
    return {...atOnce(libc.bind, call.fd, address, address.length), sockaddr: () => address};
  },
  listen: (call, {libc}) => atOnce(libc.listen, call.fd, call.backlog),
  accept: (call, {libc, text}) => {
    const {storage, length, ...written} = roomForAddress(text);
    return {...onThread(libc.accept, call.fd, storage, length), ...written};
  },
  accept4: (call, {libc, text}) => {
    const {storage, length, ...written} = roomForAddress(text);
    return {...onThread(libc.accept4, call.fd, storage, length, flagsNumber(call.flags)), ...written};
  },
  connect: (call, {libc, text}) => {
    const address = encodeAddress(call.address, text);
    return {...onThread(libc.connect, call.fd, address, address.length), sockaddr: () => address};
  },
  send: (call, {libc}) => {
    const data = fromBase64(call.data);
    return onThread(libc.send, call.fd, data, data.length, call.flags);
  },
  sendto: (call, {libc, text}) => {
    const data = fromBase64(call.data);
    const address = encodeAddress(call.address, text);
    const made = onThread(libc.sendto, call.fd, data, data.length, call.flags, address, address.length);
    return {...made, sockaddr: () => address};
  },
  recv: (call, {libc}) => {
    const buffer = new Uint8Array(call.length);
    return {...onThread(libc.recv, call.fd, buffer, call.length, call.flags), read: received(buffer)};
  },
  recvfrom: (call, {libc, text}) => {
    const buffer = new Uint8Array(call.length);
    const {storage, length, ...written} = roomForAddress(text);
    const read = (value: number) => ({...received(buffer)(value), ...written.read()});
    return {...onThread(libc.recvfrom, call.fd, buffer, call.length, call.flags, storage, length), ...written, read};
  },
  shutdown: (call, {libc}) => atOnce(libc.shutdown, call.fd, shutdownHows[call.how]),
  // It can block where SO_LINGER is set.
  close: (call, {libc}) => onThread(libc.close, call.fd),
  getsockname: (call, {libc, text}) => {
    const {storage, length, ...written} = roomForAddress(text);
    return {...atOnce(libc.getsockname, call.fd, storage, length), ...written};
  },
  getpeername: (call, {libc, text}) => {
    const {storage, length, ...written} = roomForAddress(text);
    return {...atOnce(libc.getpeername, call.fd, storage, length), ...written};
  },
  setsockopt: (call, {libc}) => {
    const value = optionBytes(call.value);
    const [level, option] = [optionLevels[call.level], optionNames[call.option]];
    return atOnce(libc.setsockopt, call.fd, level, option, value, value.byteLength);
  },
  getsockopt: (call, {libc}) => {
    const room = new Uint8Array(optionRoom);
    const length = new Uint32Array([room.length]);
    const [level, option] = [optionLevels[call.level], optionNames[call.option]];
    return {
      ...atOnce(libc.getsockopt, call.fd, level, option, room, length),
      read: () => readOption(call.option, room),
    };
  },
  fcntl: (call, {libc}) => {
    const value = call.command === 'F_SETFL' && call.value === 'O_NONBLOCK' ? O_NONBLOCK : 0;
    return atOnce(libc.fcntl, call.fd, fcntlCommands[call.command], 'int', value);
  },
  poll: (call, {libc}) => {
    const fds = pollFds(call.fds);
    const ready = () => ({ready: call.fds.map((_, i) => eventsIn(fds[2 * i + 1] ?? 0))});
    return {...onThread(libc.poll, fds, call.fds.length, call.timeout), read: ready};
  },
  getaddrinfo: (call, {libc, hosts}) => {
    const found = new BigUint64Array(1);
    // ai_socktype is the third number: SOCK_STREAM.
    const hints = new Int32Array(12).fill(0).with(2, socketTypes.SOCK_STREAM);
    return {
      ...onThread(libc.getaddrinfo, call.host, null, hints, found),
      read: value => ({addresses: value === 0 ? hosts(found[0] ?? 0n) : []}),
    };
  },
  getifaddrs: (_, {libc, interfaces}) => {
    const found = new BigUint64Array(1);
    return {...atOnce(libc.getifaddrs, found), read: () => ({interfaces: interfaces(found[0] ?? 0n)})};
  },
  unlink: (call, {libc}) => atOnce(libc.unlink, call.path),
  chmod: (call, {libc}) => atOnce(libc.chmod, call.path, call.mode),
  seteuid: (call, {libc}) => atOnce(libc.seteuid, call.uid),
  kill: (call, {libc}) => atOnce(libc.kill, call.pid, signals[call.signal]),
};

const received = (buffer: Uint8Array) => (value: number) => ({data: toBase64(buffer.subarray(0, value))});

const flagsNumber = (flags: readonly SocketFlag[]): number => flags.reduce((mask, flag) => mask | socketFlags[flag], 0);

const typeNumber = ({type, flags = []}: Extract<Call, {name: 'socket' | 'socketpair'}>): number =>
  socketTypes[type] | flagsNumber(flags);

/** `struct pollfd`: the descriptor, then in one number's room `events` (low half) and `revents` (high half). */
function pollFds(asked: Extract<Call, {name: 'poll'}>['fds']): Int32Array {
  const bytes = Buffer.alloc(8 * asked.length);
  const shorts = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const [i, {fd, events}] of asked.entries()) {
    shorts.setInt32(8 * i, fd, isLittle);
    shorts.setInt16(
      8 * i + 4,
      events.reduce((mask, event) => mask | pollEvents[event], 0),
      isLittle,
    );
  }
  return new Int32Array(bytes.buffer, bytes.byteOffset, 2 * asked.length);
}

function eventsIn(pair: number): PollEvent[] {
  const revents = isLittle ? pair >>> 16 : pair & 0xffff;
  return (Object.keys(pollEvents) as PollEvent[]).filter(event => (revents & pollEvents[event]) !== 0);
}

type Foreign<Args extends unknown[]> = KoffiFunc<(...args: Args) => number>;

const atOnce = <Args extends unknown[]>(call: Foreign<Args>, ...args: Args): Prepared => ({
  make: done => done(null, call(...args)),
});

/** A call that may block runs on a worker thread of koffi's, so that this process goes on hearing its messages. */
const onThread = <Args extends unknown[]>(call: Foreign<Args>, ...args: Args): Prepared => ({
  make: done => call.async(...args, done),
});

function roomForAddress(text: AddressText) {
  const storage = new Uint8Array(storageSize);
  const length = new Uint32Array([storageSize]);
  const size = () => Math.min(length[0] ?? 0, storageSize);
  const read = () => {
    const address = decodeAddress(storage, size(), text);
    return address ? {address} : {};
  };
  const sockaddr = (value: number) => (value === -1 || size() === 0 ? null : storage.subarray(0, size()));
  return {storage, length, read, sockaddr};
}
