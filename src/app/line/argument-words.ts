import {
  type Domain,
  type OptionName,
  optionLevelOf,
  type PollEvent,
  type ShutdownHow,
  type SocketFlag,
  type SocketType,
} from '../../model/call.ts';

// What may stand for an argument that is one of a few words.

export const domains: readonly Domain[] = ['AF_INET', 'AF_INET6', 'AF_UNIX'];
export const socketTypes: readonly SocketType[] = ['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_SEQPACKET', 'SOCK_RAW'];
export const socketFlags: readonly SocketFlag[] = ['SOCK_NONBLOCK', 'SOCK_CLOEXEC'];
export const shutdownHows: readonly ShutdownHow[] = ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'];
export const optionNames = Object.keys(optionLevelOf) as readonly OptionName[];
export const pollEvents: readonly PollEvent[] = ['POLLIN', 'POLLOUT', 'POLLERR', 'POLLHUP', 'POLLRDHUP'];
