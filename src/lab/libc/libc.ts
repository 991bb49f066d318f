import type {Base64, Domain, LibcCall} from '../../model/call.ts';
import type {Outcome} from '../../model/outcome.ts';
import {toBase64} from '../../model/payload.ts';
import {optionLevels, tcpInfoOption} from './constants.ts';
import {errnoName} from './errno-name.ts';
import {type Functions, loadLibc} from './libc-functions.ts';
import {hostFinder, interfaceFinder} from './libc-lists.ts';
import {prepare} from './prepared-calls.ts';
import {type AddressText, familyNumber} from './sockaddr.ts';
import {tcpInfoSize} from './tcp-info.ts';

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
  const tools = {libc: functions, text, hosts, interfaces: interfaceFinder(koffi, functions, text)};

  return {
    perform: call =>
      new Promise((resolve, reject) => {
        const prepared = prepare(call, tools);
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
