import type {OptionLevel, OptionName, PollEvent, ShutdownHow, SocketFlag, SocketType} from '../../model/call.ts';

// Linux, include/uapi/asm-generic/socket.h, include/linux/net.h, include/uapi/linux/tcp.h, in.h and in6.h. MIPS, PA-RISC, SPARC and
// Alpha number some of them otherwise; Node runs on none of these.
export const socketTypes: Record<SocketType, number> = {
  SOCK_STREAM: 1,
  SOCK_DGRAM: 2,
  SOCK_RAW: 3,
  SOCK_SEQPACKET: 5,
};
export const socketFlags: Record<SocketFlag, number> = {SOCK_NONBLOCK: 0o4000, SOCK_CLOEXEC: 0o2000000};
export const shutdownHows: Record<ShutdownHow, number> = {SHUT_RD: 0, SHUT_WR: 1, SHUT_RDWR: 2};
export const optionLevels: Record<OptionLevel, number> = {
  SOL_SOCKET: 1,
  IPPROTO_IP: 0,
  IPPROTO_TCP: 6,
  IPPROTO_IPV6: 41,
};
export const optionNames: Record<OptionName, number> = {
  SO_REUSEADDR: 2,
  SO_TYPE: 3,
  SO_ERROR: 4,
  SO_BROADCAST: 6,
  SO_SNDBUF: 7,
  SO_RCVBUF: 8,
  SO_KEEPALIVE: 9,
  SO_OOBINLINE: 10,
  SO_LINGER: 13,
  SO_REUSEPORT: 15,
  SO_PEERCRED: 17,
  SO_RCVLOWAT: 18,
  // Those of before 2038: with 64 bits the same `struct timeval` as SO_RCVTIMEO_NEW has.
  SO_RCVTIMEO: 20,
  SO_SNDTIMEO: 21,
  SO_ACCEPTCONN: 30,
  SO_PROTOCOL: 38,
  SO_DOMAIN: 39,
  IP_TOS: 1,
  IP_TTL: 2,
  TCP_NODELAY: 1,
  TCP_MAXSEG: 2,
  TCP_CORK: 3,
  TCP_KEEPIDLE: 4,
  TCP_KEEPINTVL: 5,
  TCP_KEEPCNT: 6,
  TCP_SYNCNT: 7,
  TCP_LINGER2: 8,
  TCP_DEFER_ACCEPT: 9,
  TCP_QUICKACK: 12,
  TCP_USER_TIMEOUT: 18,
  TCP_FASTOPEN: 23,
  IPV6_UNICAST_HOPS: 16,
  IPV6_V6ONLY: 26,
};
/** include/uapi/linux/in.h */
export const [IPPROTO_TCP, IPPROTO_UDP] = [6, 17];
export const tcpInfoOption = 11;

/** include/uapi/asm-generic/poll.h */
export const pollEvents: Record<PollEvent, number> = {
  POLLIN: 1,
  POLLOUT: 4,
  POLLERR: 8,
  POLLHUP: 16,
  POLLRDHUP: 0x2000,
};
/** include/uapi/asm-generic/fcntl.h */
export const fcntlCommands = {F_GETFL: 3, F_SETFL: 4} as const;
export const O_NONBLOCK = 0o4000;
/** include/uapi/linux/if.h */
export const IFF_LOOPBACK = 8;
/** include/uapi/asm-generic/signal.h */
export const signals = {SIGKILL: 9, SIGTERM: 15} as const;
