import {SocketAddress} from 'node:net';
import {endianness} from 'node:os';
import {type Endpoint, flowKey} from '../../model/address.ts';
import {port} from '../../model/brands.ts';
import type {SocketProtocol, SocketState, UnixState} from '../../model/sockets.ts';
import {tcpStates} from '../libc/tcp-info.ts';

/** One line of a table under /proc/net (the kernel's Documentation/networking/proc_net_tcp; man 5 proc_net). */
export interface TableRow {
  readonly protocol: SocketProtocol;
  readonly local: Endpoint;
  readonly remote: Endpoint | null;
  readonly state: SocketState;
  /** Bytes; for a TCP listener the connections waiting to be accepted. Null for Unix sockets, which do not say. */
  readonly recvQueue: number | null;
  readonly sendQueue: number | null;
  /** 0 for a connection that no process holds. */
  readonly inode: number;
  /** UDP: datagrams that the socket never got, most often as its receive queue was full. */
  readonly drops?: number;
}

type InetEnd = Extract<Endpoint, {readonly host: string}>;

interface InetRow extends TableRow {
  readonly local: InetEnd;
  readonly remote: InetEnd;
}

export const inetTables = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

const isLittle = endianness() === 'LE';

// Each group of 8 digits is 4 network-order bytes printed as one number of this machine.
function hostOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (isLittle) bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({length: 8}, (_, i) => bytes.readUInt16BE(2 * i).toString(16));
  return new SocketAddress({address: groups.join(':'), family: 'ipv6'}).address;
}

function endpointOfHex(text: string): InetEnd {
  const [host = '', number = ''] = text.split(':');
  return {host: hostOf(host), port: port(Number.parseInt(number, 16))};
}

/** An address of 4 or 16 bytes, and a port. */
const end = '((?:[0-9A-F]{8}|[0-9A-F]{32}):[0-9A-F]{4})';
/** `sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode …`, of UDP `… ref pointer drops` */
const inetLine = new RegExp(
  `^\\s*\\d+: ${end} ${end} ([0-9A-F]{2}) ([0-9A-F]{8}):([0-9A-F]{8}) \\S+ \\S+ +\\d+ +\\d+ (\\d{1,10})\\b(?: \\d+ [0-9a-f]+ (\\d+) *$)?`,
);

export function parseInetTable(protocol: (typeof inetTables)[number], table: string): InetRow[] {
  const rows = table.split('\n').flatMap(line => {
    const [, local, remote, state, tx, rx, inode, drops] = inetLine.exec(line) ?? [];
    const known = tcpStates[Number.parseInt(state ?? '', 16)];
    if (!local || !remote || !known || !tx || !rx) return [];
    return {
      protocol,
      local: endpointOfHex(local),
      remote: endpointOfHex(remote),
      state: known,
      recvQueue: Number.parseInt(rx, 16),
      sendQueue: Number.parseInt(tx, 16),
      inode: Number(inode),
      ...(protocol.startsWith('udp') && drops ? {drops: Number(drops)} : {}),
    };
  });
  return newestOfEach(rows);
}

/**
 * A process gets the table in pieces, and where sockets come and go in between, the kernel lists some of them again: of
 * those the last line is true. A connection is told by its ends, any other socket by its inode too.
 */
function newestOfEach(rows: readonly InetRow[]): InetRow[] {
  const keyOf = ({protocol, local, remote, inode}: InetRow) =>
    `${flowKey(local, remote)} ${protocol.startsWith('tcp') && remote.port !== 0 ? '' : inode}`;
  return [...new Map(rows.map(row => [keyOf(row), row])).values()];
}

const unixStates: readonly UnixState[] = ['FREE', 'UNCONNECTED', 'CONNECTING', 'CONNECTED', 'DISCONNECTING'];
/** `__SO_ACCEPTCON`, include/linux/net.h. */
const acceptsConnections = 0x10000;

/** `Num RefCount Protocol Flags Type St Inode [Path]`; a path may hold any character. */
const unixLine = /^[0-9a-f]+: [0-9A-F]+ [0-9A-F]+ ([0-9A-F]+) [0-9A-F]+ ([0-9A-F]{2}) +(\d{1,10})(?: (.*))?$/s;

export function parseUnixTable(table: string): TableRow[] {
  return table.split('\n').flatMap(line => {
    const [, flags, state, inode, path] = unixLine.exec(line) ?? [];
    if (!flags || !state) return [];
    const listens = (Number.parseInt(flags, 16) & acceptsConnections) !== 0;
    return {
      protocol: 'unix' as const,
      local: {path: path ?? ''},
      remote: null,
      state: listens ? ('LISTEN' as const) : (unixStates[Number.parseInt(state, 16)] ?? 'FREE'),
      recvQueue: null,
      sendQueue: null,
      inode: Number(inode),
    };
  });
}
