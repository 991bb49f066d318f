import {endianness} from 'node:os';
import type {KoffiFunc} from 'koffi';
import type {Address} from '../model/address.ts';
import {fd} from '../model/brands.ts';
import type {Base64, Call, Domain, LibcCall, PollEvent, SocketFlag} from '../model/call.ts';
import type {Interface, Outcome, Returned} from '../model/outcome.ts';
import {fromBase64, toBase64} from '../model/payload.ts';
import {
  fcntlCommands,
  IFF_LOOPBACK,
  O_NONBLOCK,
  optionLevels,
  optionNames,
  pollEvents,
  shutdownHows,
  signals,
  socketFlags,
  socketTypes,
  tcpInfoOption,
} from './constants.ts';
import {errnoName} from './errno-name.ts';
import {type Functions, loadLibc} from './libc-functions.ts';
import {optionBytes, optionRoom, readOption} from './option-value.ts';
import {type AddressText, decodeAddress, encodeAddress, familyNumber, storageSize} from './sockaddr.ts';
import {tcpInfoSize} from './tcp-info.ts';

const isLittle = endianness() === 'LE';

/** An outcome with the time that the call took, in microseconds on this process's monotonic clock. */
export interface Timed {
  readonly outcome: Outcome;
  readonly elapsedUs: number;
  /** The bytes of the socket address that the call was given or wrote. */
  readonly sockaddr?: Base64;
  /** Just before and just after it, on the kernel's real-time clock, which stamps frames too: nanoseconds since 1970, in digits. */
  readonly during?: readonly [from: string, to: string];
}

export interface Libc {
  /** Makes exactly one system call. Blocks a thread of its own, never the event loop, where the call may block. */
  perform(call: LibcCall): Promise<Timed>;
  /** `struct tcp_info` of a TCP socket by getsockopt(2); null where the kernel has none for it. */
  tcpInfo(fd: number): Uint8Array | null;
}

/** Loads libc through FFI. Throws when koffi is not installed or cannot load it. */
export function openLibc(): Libc {
  const {koffi, functions} = loadLibc();
  const text = addressText(functions);
  const hosts = hostFinder(koffi, functions, text);
  const interfaces = interfaceFinder(koffi, functions, text);

  return {
    perform: call =>
      new Promise((resolve, reject) => {
        const prepared = prepare(call, functions, text, hosts, interfaces);
        const from = realTime(functions);
        const start = process.hrtime.bigint();
        prepared.make((error, value) => {
          const elapsedUs = Number((process.hrtime.bigint() - start) / 1000n);
          // errno keeps its old value after a call that worked: read it only after -1, and before anything else runs.
          const code = value === -1 ? koffi.errno() : 0;
          if (error) return reject(error);
          const during = [from, realTime(functions)] as const;
          // Holding `prepared` until here keeps the buffers that the kernel reads and writes: koffi does not.
          const outcome: Outcome =
            value === -1 && call.name !== 'getaddrinfo'
              ? {kind: 'failed', errno: errnoName(code), code}
              : {kind: 'returned', value, ...prepared.read?.(value)};
          const sockaddr = prepared.sockaddr?.(value);
          resolve({outcome, elapsedUs, during, ...(sockaddr ? {sockaddr: toBase64(sockaddr)} : {})});
        });
      }),
    tcpInfo(fd) {
      const info = Buffer.alloc(tcpInfoSize);
      const length = new Uint32Array([tcpInfoSize]);
      return functions.getsockopt(fd, optionLevels.IPPROTO_TCP, tcpInfoOption, info, length) === -1 ? null : info;
    },
  };
}

const CLOCK_REALTIME = 0;
const time = new BigInt64Array(2);

/** Nanoseconds since 1970, in digits. */
function realTime({clock_gettime}: Functions): string {
  clock_gettime(CLOCK_REALTIME, time);
  return String((time[0] ?? 0n) * 1_000_000_000n + (time[1] ?? 0n));
}

function addressText(functions: Functions): AddressText {
  return {
    toBytes(domain: Domain, host: string) {
      const bytes = Buffer.alloc(domain === 'AF_INET' ? 4 : 16);
      return functions.inet_pton(familyNumber(domain), host, bytes) === 1 ? bytes : null;
    },
    toText: (domain, bytes) => functions.inet_ntop(familyNumber(domain), bytes, Buffer.alloc(46), 46),
  };
}

type Hosts = (first: bigint) => Address[];

/**
 * Reads the list that getaddrinfo(3) made, and frees it. `struct addrinfo` of 64-bit Linux: four ints, the length of the
 * address, then pointers to the address, the canonical name and the next one.
 */
function hostFinder(koffi: typeof import('koffi'), libc: Functions, text: AddressText): Hosts {
  return first => {
    const found: Address[] = [];
    for (let at = first; at !== 0n; ) {
      const node = new DataView(koffi.view(at, 48));
      const length = node.getUint32(16, isLittle);
      const bytes = new Uint8Array(koffi.view(node.getBigUint64(24, isLittle), length)).slice();
      const address = decodeAddress(bytes, length, text);
      if (address) found.push(address);
      at = node.getBigUint64(40, isLittle);
    }
    if (first !== 0n) libc.freeaddrinfo(first);
    return found;
  };
}

type Interfaces = (first: bigint) => Interface[];

/**
 * Reads the list that getifaddrs(3) made, and frees it. `struct ifaddrs` of 64-bit Linux: pointers to the next one and to
 * the name, an unsigned int of flags, a pointer to the address (null for an interface without one).
 */
function interfaceFinder(koffi: typeof import('koffi'), libc: Functions, text: AddressText): Interfaces {
  return first => {
    const found: Interface[] = [];
    for (let at = first; at !== 0n; ) {
      const node = new DataView(koffi.view(at, 32));
      const address = addressAt(koffi, node.getBigUint64(24, isLittle), text);
      if (address) {
        const name = stringAt(koffi, node.getBigUint64(8, isLittle));
        found.push({name, host: address, internal: (node.getUint32(16, isLittle) & IFF_LOOPBACK) !== 0});
      }
      at = node.getBigUint64(0, isLittle);
    }
    if (first !== 0n) libc.freeifaddrs(first);
    return found;
  };
}

/** The IPv4 or IPv6 address of a sockaddr whose length only its family tells; null for any other. */
function addressAt(koffi: typeof import('koffi'), pointer: bigint, text: AddressText): string | null {
  if (pointer === 0n) return null;
  const family = new DataView(koffi.view(pointer, 2)).getUint16(0, isLittle);
  const length = family === familyNumber('AF_INET') ? 16 : family === familyNumber('AF_INET6') ? 28 : 0;
  if (length === 0) return null;
  const address = decodeAddress(new Uint8Array(koffi.view(pointer, length)).slice(), length, text);
  return address && 'host' in address ? address.host : null;
}

/** IFNAMSIZ, include/uapi/linux/if.h: with its closing NUL. */
const longestInterfaceName = 16;

function stringAt(koffi: typeof import('koffi'), pointer: bigint): string {
  const bytes: number[] = [];
  for (let i = 0n; i < longestInterfaceName; i++) {
    const byte = new Uint8Array(koffi.view(pointer + i, 1))[0] ?? 0;
    if (byte === 0) break;
    bytes.push(byte);
  }
  return Buffer.from(bytes).toString();
}

type Done = (error: unknown, value: number) => void;

interface Prepared {
  /** Makes the call and hands over what it returned. */
  readonly make: (done: Done) => void;
  /** What the call wrote through its pointers, once it has worked. */
  readonly read?: (value: number) => Omit<Returned, 'kind' | 'value'>;
  /** The socket address that it was given, or that it wrote; null when it wrote none. */
  readonly sockaddr?: (value: number) => Uint8Array | null;
}

/** Turns a call into the one function that makes it, so that encoding its arguments is not timed. */
function prepare(call: LibcCall, libc: Functions, text: AddressText, hosts: Hosts, interfaces: Interfaces): Prepared {
  switch (call.name) {
    case 'socket':
      return atOnce(libc.socket, familyNumber(call.domain), typeNumber(call), call.protocol);
    case 'socketpair': {
      const fds = new Int32Array(2);
      return {
        ...atOnce(libc.socketpair, familyNumber(call.domain), typeNumber(call), call.protocol, fds),
        read: () => ({fds: [fd(fds[0] ?? -1), fd(fds[1] ?? -1)]}),
      };
    }
    case 'bind': {
      const address = encodeAddress(call.address, text);
      return {...atOnce(libc.bind, call.fd, address, address.length), sockaddr: () => address};
    }
    case 'listen':
      return atOnce(libc.listen, call.fd, call.backlog);
    case 'accept': {
      const {storage, length, ...written} = roomForAddress(text);
      return {...onThread(libc.accept, call.fd, storage, length), ...written};
    }
    case 'accept4': {
      const {storage, length, ...written} = roomForAddress(text);
      return {...onThread(libc.accept4, call.fd, storage, length, flagsNumber(call.flags)), ...written};
    }
    case 'connect': {
      const address = encodeAddress(call.address, text);
      return {...onThread(libc.connect, call.fd, address, address.length), sockaddr: () => address};
    }
    case 'send': {
      const data = fromBase64(call.data);
      return onThread(libc.send, call.fd, data, data.length, call.flags);
    }
    case 'sendto': {
      const data = fromBase64(call.data);
      const address = encodeAddress(call.address, text);
      const made = onThread(libc.sendto, call.fd, data, data.length, call.flags, address, address.length);
      return {...made, sockaddr: () => address};
    }
    case 'recv': {
      const buffer = new Uint8Array(call.length);
      return {...onThread(libc.recv, call.fd, buffer, call.length, call.flags), read: received(buffer)};
    }
    case 'recvfrom': {
      const buffer = new Uint8Array(call.length);
      const {storage, length, ...written} = roomForAddress(text);
      const read = (value: number) => ({...received(buffer)(value), ...written.read()});
      return {...onThread(libc.recvfrom, call.fd, buffer, call.length, call.flags, storage, length), ...written, read};
    }
    case 'shutdown':
      return atOnce(libc.shutdown, call.fd, shutdownHows[call.how]);
    // close() can block when SO_LINGER is set.
    case 'close':
      return onThread(libc.close, call.fd);
    case 'getsockname':
    case 'getpeername': {
      const {storage, length, ...written} = roomForAddress(text);
      return {...atOnce(libc[call.name], call.fd, storage, length), ...written};
    }
    case 'setsockopt': {
      const value = optionBytes(call.value);
      const [level, option] = [optionLevels[call.level], optionNames[call.option]];
      return atOnce(libc.setsockopt, call.fd, level, option, value, value.byteLength);
    }
    case 'getsockopt': {
      const room = new Uint8Array(optionRoom);
      const length = new Uint32Array([room.length]);
      const [level, option] = [optionLevels[call.level], optionNames[call.option]];
      return {
        ...atOnce(libc.getsockopt, call.fd, level, option, room, length),
        read: () => readOption(call.option, room),
      };
    }
    case 'fcntl': {
      const value = call.command === 'F_SETFL' && call.value === 'O_NONBLOCK' ? O_NONBLOCK : 0;
      return atOnce(libc.fcntl, call.fd, fcntlCommands[call.command], 'int', value);
    }
    case 'poll': {
      const fds = pollFds(call.fds);
      const ready = () => ({ready: call.fds.map((_, i) => eventsIn(fds[2 * i + 1] ?? 0))});
      return {...onThread(libc.poll, fds, call.fds.length, call.timeout), read: ready};
    }
    case 'getaddrinfo': {
      const found = new BigUint64Array(1);
      // ai_socktype is the third number: SOCK_STREAM.
      const hints = new Int32Array(12).fill(0).with(2, socketTypes.SOCK_STREAM);
      return {
        ...onThread(libc.getaddrinfo, call.host, null, hints, found),
        read: value => ({addresses: value === 0 ? hosts(found[0] ?? 0n) : []}),
      };
    }
    case 'getifaddrs': {
      const found = new BigUint64Array(1);
      return {...atOnce(libc.getifaddrs, found), read: () => ({interfaces: interfaces(found[0] ?? 0n)})};
    }
    case 'unlink':
      return atOnce(libc.unlink, call.path);
    case 'chmod':
      return atOnce(libc.chmod, call.path, call.mode);
    case 'seteuid':
      return atOnce(libc.seteuid, call.uid);
    case 'kill':
      return atOnce(libc.kill, call.pid, signals[call.signal]);
  }
}

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
