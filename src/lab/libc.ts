import {createRequire} from 'node:module';
import type {KoffiFunc, LibraryHandle} from 'koffi';
import type {Call, Domain} from '../model/call.ts';
import type {Outcome, Returned} from '../model/outcome.ts';
import {fromBase64, toBase64} from '../model/payload.ts';
import {optionLevels, optionNames, shutdownHows, socketTypes, tcpInfoOption} from './constants.ts';
import {errnoName} from './errno-name.ts';
import {type AddressText, decodeAddress, encodeAddress, familyNumber, storageSize} from './sockaddr.ts';
import {tcpInfoSize} from './tcp-info.ts';

/** An outcome with the time that the call took, in microseconds on this process's monotonic clock. */
export interface Timed {
  readonly outcome: Outcome;
  readonly elapsedUs: number;
}

export interface Libc {
  /** Makes exactly one system call. Blocks a thread of its own, never the event loop, where the call may block. */
  perform(call: Call): Promise<Timed>;
  /** `struct tcp_info` of a TCP socket by getsockopt(2); null where the kernel has none for it. */
  tcpInfo(fd: number): Uint8Array | null;
}

/** Loads libc through FFI. Throws when koffi is not installed or cannot load it. */
export function openLibc(): Libc {
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  const functions = declare(koffi.load(null));
  const text = addressText(functions);

  return {
    perform: call =>
      new Promise((resolve, reject) => {
        const prepared = prepare(call, functions, text);
        const start = process.hrtime.bigint();
        prepared.make((error, value) => {
          const elapsedUs = Number((process.hrtime.bigint() - start) / 1000n);
          // errno keeps its old value after a call that worked: read it only after -1, and before anything else runs.
          const code = value === -1 ? koffi.errno() : 0;
          if (error) return reject(error);
          // Holding `prepared` until here keeps the buffers that the kernel reads and writes: koffi does not.
          const outcome: Outcome =
            value === -1
              ? {kind: 'failed', errno: errnoName(code), code}
              : {kind: 'returned', value, ...prepared.read?.(value)};
          resolve({outcome, elapsedUs});
        });
      }),
    tcpInfo(fd) {
      const info = Buffer.alloc(tcpInfoSize);
      const length = new Uint32Array([tcpInfoSize]);
      return functions.getsockopt(fd, optionLevels.IPPROTO_TCP, tcpInfoOption, info, length) === -1 ? null : info;
    },
  };
}

type Out = Uint8Array | Uint32Array | Int32Array;

function declare(libc: LibraryHandle) {
  return {
    socket: libc.func('int socket(int, int, int)') as KoffiFunc<(d: number, t: number, p: number) => number>,
    bind: libc.func('int bind(int, const void *, uint32_t)') as KoffiFunc<(fd: number, a: Out, n: number) => number>,
    listen: libc.func('int listen(int, int)') as KoffiFunc<(fd: number, backlog: number) => number>,
    accept: libc.func('int accept(int, void *, void *)') as KoffiFunc<(fd: number, a: Out, n: Out) => number>,
    connect: libc.func('int connect(int, const void *, uint32_t)') as KoffiFunc<
      (fd: number, a: Out, n: number) => number
    >,
    send: libc.func('intptr_t send(int, const void *, size_t, int)') as KoffiFunc<
      (fd: number, b: Out, n: number, flags: number) => number
    >,
    recv: libc.func('intptr_t recv(int, void *, size_t, int)') as KoffiFunc<
      (fd: number, b: Out, n: number, flags: number) => number
    >,
    shutdown: libc.func('int shutdown(int, int)') as KoffiFunc<(fd: number, how: number) => number>,
    close: libc.func('int close(int)') as KoffiFunc<(fd: number) => number>,
    getsockname: libc.func('int getsockname(int, void *, void *)') as KoffiFunc<(fd: number, a: Out, n: Out) => number>,
    getpeername: libc.func('int getpeername(int, void *, void *)') as KoffiFunc<(fd: number, a: Out, n: Out) => number>,
    setsockopt: libc.func('int setsockopt(int, int, int, const void *, uint32_t)') as KoffiFunc<
      (fd: number, level: number, option: number, value: Out, n: number) => number
    >,
    getsockopt: libc.func('int getsockopt(int, int, int, void *, void *)') as KoffiFunc<
      (fd: number, level: number, option: number, value: Out, n: Out) => number
    >,
    inet_pton: libc.func('int inet_pton(int, const char *, void *)') as KoffiFunc<
      (f: number, h: string, b: Out) => number
    >,
    inet_ntop: libc.func('const char *inet_ntop(int, const void *, void *, uint32_t)') as KoffiFunc<
      (f: number, b: Out, text: Out, n: number) => string
    >,
  };
}
type Functions = ReturnType<typeof declare>;

function addressText(functions: Functions): AddressText {
  return {
    toBytes(domain: Domain, host: string) {
      const bytes = Buffer.alloc(domain === 'AF_INET' ? 4 : 16);
      return functions.inet_pton(familyNumber(domain), host, bytes) === 1 ? bytes : null;
    },
    toText: (domain, bytes) => functions.inet_ntop(familyNumber(domain), bytes, Buffer.alloc(46), 46),
  };
}

type Done = (error: unknown, value: number) => void;

interface Prepared {
  /** Makes the call and hands over what it returned. */
  readonly make: (done: Done) => void;
  /** What the call wrote through its pointers, once it has worked. */
  readonly read?: (value: number) => Omit<Returned, 'kind' | 'value'>;
}

/** Turns a call into the one function that makes it, so that encoding its arguments is not timed. */
function prepare(call: Call, libc: Functions, text: AddressText): Prepared {
  switch (call.name) {
    case 'socket':
      return atOnce(libc.socket, familyNumber(call.domain), socketTypes[call.type], call.protocol);
    case 'bind': {
      const address = encodeAddress(call.address, text);
      return atOnce(libc.bind, call.fd, address, address.length);
    }
    case 'listen':
      return atOnce(libc.listen, call.fd, call.backlog);
    case 'accept': {
      const {storage, length, read} = roomForAddress(text);
      return {...onThread(libc.accept, call.fd, storage, length), read};
    }
    case 'connect': {
      const address = encodeAddress(call.address, text);
      return onThread(libc.connect, call.fd, address, address.length);
    }
    case 'send': {
      const data = fromBase64(call.data);
      return onThread(libc.send, call.fd, data, data.length, call.flags);
    }
    case 'recv': {
      const buffer = new Uint8Array(call.length);
      const read = (value: number) => ({data: toBase64(buffer.subarray(0, value))});
      return {...onThread(libc.recv, call.fd, buffer, call.length, call.flags), read};
    }
    case 'shutdown':
      return atOnce(libc.shutdown, call.fd, shutdownHows[call.how]);
    // close() can block when SO_LINGER is set.
    case 'close':
      return onThread(libc.close, call.fd);
    case 'getsockname':
    case 'getpeername': {
      const {storage, length, read} = roomForAddress(text);
      return {...atOnce(libc[call.name], call.fd, storage, length), read};
    }
    case 'setsockopt': {
      const value = new Int32Array([call.value]);
      const [level, option] = [optionLevels[call.level], optionNames[call.option]];
      return atOnce(libc.setsockopt, call.fd, level, option, value, value.byteLength);
    }
    case 'getsockopt': {
      const value = new Int32Array(1);
      const length = new Uint32Array([value.byteLength]);
      const [level, option] = [optionLevels[call.level], optionNames[call.option]];
      return {
        ...atOnce(libc.getsockopt, call.fd, level, option, value, length),
        read: () => ({option: value[0] ?? 0}),
      };
    }
  }
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
  const read = () => {
    const address = decodeAddress(storage, length[0] ?? 0, text);
    return address ? {address} : {};
  };
  return {storage, length, read};
}
