import type {OptionLevel, OptionName, PollEvent, ShutdownHow, SocketType} from '../model/call.ts';

// Linux, include/uapi/asm-generic/socket.h, include/linux/net.h, include/uapi/linux/tcp.h and in6.h. MIPS, PA-RISC, SPARC and
// Alpha number some of them otherwise; Node runs on none of these.
export const socketTypes: Record<SocketType, number> = {SOCK_STREAM: 1, SOCK_DGRAM: 2};
export const shutdownHows: Record<ShutdownHow, number> = {SHUT_RD: 0, SHUT_WR: 1, SHUT_RDWR: 2};
export const optionLevels: Record<OptionLevel, number> = {SOL_SOCKET: 1, IPPROTO_TCP: 6, IPPROTO_IPV6: 41};
export const optionNames: Record<OptionName, number> = {
  SO_REUSEADDR: 2,
  SO_TYPE: 3,
  SO_ERROR: 4,
  SO_SNDBUF: 7,
  SO_RCVBUF: 8,
  SO_KEEPALIVE: 9,
  SO_LINGER: 13,
  SO_PEERCRED: 17,
  SO_ACCEPTCONN: 30,
  TCP_NODELAY: 1,
  TCP_SYNCNT: 7,
  TCP_DEFER_ACCEPT: 9,
  TCP_QUICKACK: 12,
  TCP_USER_TIMEOUT: 18,
  IPV6_V6ONLY: 26,
};
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
export const F_SETFL = 4;
export const O_NONBLOCK = 0o4000;
/** include/uapi/linux/if.h */
export const IFF_LOOPBACK = 8;
/** include/uapi/asm-generic/signal.h */
export const signals = {SIGKILL: 9, SIGTERM: 15} as const;
