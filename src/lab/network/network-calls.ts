import type {Errno} from '../../model/errno.ts';
import type {Failed, Returned} from '../../model/outcome.ts';
import {errnoName} from '../libc/errno-name.ts';
import {loadLibc} from '../libc/libc-functions.ts';
import {familyNumber} from '../libc/sockaddr.ts';

export type IpFamily = 'AF_INET' | 'AF_INET6';

export type Answered = Pick<Returned, 'kind' | 'value'> | Failed;

/** The libc functions by which this process makes networks of its own. All of them act at once, on the calling thread. */
export interface NetworkCalls {
  unshare(flags: number): Answered;
  setns(fd: number, kind: number): Answered;
  socket(domain: number, type: number, protocol: number): Answered;
  setsockopt(fd: number, level: number, option: number, value: Int32Array): Answered;
  send(fd: number, data: Uint8Array): Answered;
  /** Never waits: with nothing there it fails with EAGAIN. */
  recv(fd: number, room: Uint8Array): Answered;
  close(fd: number): Answered;
  /** The 4 or 16 bytes of an IP address. Throws a RangeError when the text is none of that family. */
  addressBytes(family: IpFamily, host: string): Uint8Array;
}

/** The kernel did not do what a network of our own needs. */
export class KernelRefused extends Error {
  readonly errno: Errno;
  constructor(what: string, errno: Errno) {
    super(`${what}: ${errno}`);
    this.errno = errno;
  }
}

let opened: NetworkCalls | null = null;

/** Loads libc through FFI, once. Throws when koffi is not installed or cannot load it. */
export function networkCalls(): NetworkCalls {
  opened ??= openCalls();
  return opened;
}

/** include/linux/socket.h */
const MSG_DONTWAIT = 0x40;

function openCalls(): NetworkCalls {
  const {koffi, functions: libc} = loadLibc();
  const answered = (value: number): Answered => {
    // errno keeps its old value after a call that worked: read it only after -1, and before anything else runs.
    const code = value === -1 ? koffi.errno() : 0;
    return value === -1 ? {kind: 'failed', errno: errnoName(code), code} : {kind: 'returned', value};
  };
  return {
    unshare: flags => answered(libc.unshare(flags)),
    setns: (fd, kind) => answered(libc.setns(fd, kind)),
    socket: (domain, type, protocol) => answered(libc.socket(domain, type, protocol)),
    setsockopt: (fd, level, option, value) => answered(libc.setsockopt(fd, level, option, value, value.byteLength)),
    send: (fd, data) => answered(libc.send(fd, data, data.length, 0)),
    recv: (fd, room) => answered(libc.recv(fd, room, room.length, MSG_DONTWAIT)),
    close: fd => answered(libc.close(fd)),
    addressBytes(family, host) {
      const bytes = new Uint8Array(family === 'AF_INET' ? 4 : 16);
      if (libc.inet_pton(familyNumber(family), host, bytes) === 1) return bytes;
      throw new RangeError(`not an ${family} address: ${host}`);
    },
  };
}
