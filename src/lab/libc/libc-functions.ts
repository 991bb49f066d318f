import {createRequire} from 'node:module';
import type {KoffiFunc, LibraryHandle} from 'koffi';

/** What a function reads or writes through a pointer. koffi does not hold it: the caller does, until the call has returned. */
export type Out = Uint8Array | Uint32Array | Int32Array | BigUint64Array | BigInt64Array;

/** What is done with sockets and descriptors. */
const onDescriptors = (libc: LibraryHandle) => ({
  socket: libc.func('int socket(int, int, int)') as KoffiFunc<(d: number, t: number, p: number) => number>,
  bind: libc.func('int bind(int, const void *, uint32_t)') as KoffiFunc<(fd: number, a: Out, n: number) => number>,
  socketpair: libc.func('int socketpair(int, int, int, void *)') as KoffiFunc<
    (d: number, t: number, p: number, fds: Out) => number
  >,
  listen: libc.func('int listen(int, int)') as KoffiFunc<(fd: number, backlog: number) => number>,
  accept: libc.func('int accept(int, void *, void *)') as KoffiFunc<(fd: number, a: Out, n: Out) => number>,
  accept4: libc.func('int accept4(int, void *, void *, int)') as KoffiFunc<
    (fd: number, a: Out, n: Out, flags: number) => number
  >,
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
  sendto: libc.func('intptr_t sendto(int, const void *, size_t, int, const void *, uint32_t)') as KoffiFunc<
    (fd: number, b: Out, n: number, flags: number, a: Out, length: number) => number
  >,
  recvfrom: libc.func('intptr_t recvfrom(int, void *, size_t, int, void *, void *)') as KoffiFunc<
    (fd: number, b: Out, n: number, flags: number, a: Out, length: Out) => number
  >,
  // Variadic in C: Linux passes an int the same way.
  fcntl: libc.func('int fcntl(int, int, ...)') as KoffiFunc<
    (fd: number, command: number, type: 'int', value: number) => number
  >,
  poll: libc.func('int poll(void *, unsigned long, int)') as KoffiFunc<
    (fds: Out, n: number, timeout: number) => number
  >,
});

/** What surrounds them: files, users, processes, names, namespaces. */
const around = (libc: LibraryHandle) => ({
  unlink: libc.func('int unlink(const char *)') as KoffiFunc<(path: string) => number>,
  chmod: libc.func('int chmod(const char *, unsigned int)') as KoffiFunc<(path: string, mode: number) => number>,
  seteuid: libc.func('int seteuid(unsigned int)') as KoffiFunc<(uid: number) => number>,
  kill: libc.func('int kill(int, int)') as KoffiFunc<(pid: number, signal: number) => number>,
  getaddrinfo: libc.func('int getaddrinfo(const char *, const char *, const void *, void *)') as KoffiFunc<
    (host: string, service: null, hints: Out, found: Out) => number
  >,
  freeaddrinfo: libc.func('void freeaddrinfo(void *)') as KoffiFunc<(found: bigint) => void>,
  getifaddrs: libc.func('int getifaddrs(void *)') as KoffiFunc<(found: Out) => number>,
  freeifaddrs: libc.func('void freeifaddrs(void *)') as KoffiFunc<(found: bigint) => void>,
  clock_gettime: libc.func('int clock_gettime(int, void *)') as KoffiFunc<(clock: number, time: Out) => number>,
  inet_pton: libc.func('int inet_pton(int, const char *, void *)') as KoffiFunc<
    (f: number, h: string, b: Out) => number
  >,
  inet_ntop: libc.func('const char *inet_ntop(int, const void *, void *, uint32_t)') as KoffiFunc<
    (f: number, b: Out, text: Out, n: number) => string
  >,
  unshare: libc.func('int unshare(int)') as KoffiFunc<(flags: number) => number>,
  setns: libc.func('int setns(int, int)') as KoffiFunc<(fd: number, kind: number) => number>,
  mmap: libc.func('intptr_t mmap(intptr_t, size_t, int, int, int, int64_t)') as KoffiFunc<
    (at: number, size: number, prot: number, flags: number, fd: number, offset: number) => number | bigint
  >,
  if_nametoindex: libc.func('unsigned int if_nametoindex(const char *)') as KoffiFunc<(name: string) => number>,
});

const declare = (libc: LibraryHandle) => ({...onDescriptors(libc), ...around(libc)});

export type Functions = ReturnType<typeof declare>;

export interface LoadedLibc {
  readonly koffi: typeof import('koffi');
  readonly functions: Functions;
}

let loaded: LoadedLibc | null = null;

/** Loads libc through FFI, once a process. Throws when koffi is not installed or cannot load it. */
export function loadLibc(): LoadedLibc {
  if (loaded) return loaded;
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  loaded = {koffi, functions: declare(koffi.load(null))};
  return loaded;
}
