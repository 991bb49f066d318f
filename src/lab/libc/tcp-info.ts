import {endianness} from 'node:os';
import type {TcpInfo, TcpState} from '../../model/sockets.ts';

/** The kernel's numbers for TCP states, include/net/tcp_states.h. /proc/net and TCP_INFO share them. */
export const tcpStates: Readonly<Record<number, TcpState>> = {
  1: 'ESTABLISHED',
  2: 'SYN_SENT',
  3: 'SYN_RECV',
  4: 'FIN_WAIT1',
  5: 'FIN_WAIT2',
  6: 'TIME_WAIT',
  7: 'CLOSE',
  8: 'CLOSE_WAIT',
  9: 'LAST_ACK',
  10: 'LISTEN',
  11: 'CLOSING',
  // TCP_NEW_SYN_RECV: a request that has not become a socket yet.
  12: 'SYN_RECV',
};

/** `struct tcp_info`, include/uapi/linux/tcp.h: byte offsets of the fields read here. The kernel only ever appends. */
const offsets = {state: 0, retransmits: 2, sndMss: 16, unacked: 24, rttUs: 68} as const;
export const tcpInfoSize = 104;

const isLittle = endianness() === 'LE';

/** Null when the bytes are too few or the state is not one of TCP's. */
export function decodeTcpInfo(bytes: Uint8Array): TcpInfo | null {
  if (bytes.length < tcpInfoSize) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const state = tcpStates[view.getUint8(offsets.state)];
  if (!state) return null;
  return {
    state,
    rttUs: view.getUint32(offsets.rttUs, isLittle),
    mss: view.getUint32(offsets.sndMss, isLittle),
    retransmits: view.getUint8(offsets.retransmits),
    unacked: view.getUint32(offsets.unacked, isLittle),
  };
}
