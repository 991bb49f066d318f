import {type Address, isNowhere} from '../../model/address.ts';
import type {SocketRow} from '../../model/sockets.ts';

/** What kind of socket a row of the kernel's is, and how far it has come. */
type Of = SocketRow | null | undefined;

export const isListening = (row: Of): boolean => row?.state === 'LISTEN';
export const isUnix = (row: Of): boolean => row?.protocol === 'unix';
/** Of UDP: the row of a Unix socket does not tell its type. */
export const isDatagram = (row: Of): boolean => row?.protocol.startsWith('udp') === true;
export const isTcp = (row: Of): boolean => row?.protocol.startsWith('tcp') === true;

/** A stream over which both sides, or this one, may still send. */
export const isConnected = (row: Of): boolean =>
  (isTcp(row) && (row?.state === 'ESTABLISHED' || row?.state === 'CLOSE_WAIT')) ||
  (isUnix(row) && row?.state === 'CONNECTED');

/** A socket as socket() makes it: without an address of its own and without a peer. */
export const isUnused = (row: Of): boolean =>
  !!row && ('path' in row.local ? row.local.path === '' && row.state === 'UNCONNECTED' : isNowhere(row.local));

/** This side has said that it sends no more. */
export const hasSentFin = (row: Of): boolean =>
  ['FIN_WAIT1', 'FIN_WAIT2', 'CLOSING', 'LAST_ACK', 'TIME_WAIT'].includes(row?.state ?? '');

export const hasPort = (row: SocketRow): boolean => 'port' in row.local && row.local.port !== 0;

export const familyOf = (row: Of): Address['family'] =>
  isUnix(row) ? 'AF_UNIX' : row?.protocol.endsWith('6') ? 'AF_INET6' : 'AF_INET';
