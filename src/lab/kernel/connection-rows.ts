import {readFile, readlink} from 'node:fs/promises';
import {isIPv6} from 'node:net';
import {type Endpoint, endpointText, isNowhere, plainHost} from '../../model/address.ts';
import type {ServedClient, ServePlace} from '../../model/serve.ts';
import {isOwnAddress} from './own-address.ts';
import {parseInetTable, parseUnixTable, type TableRow} from './proc-net.ts';

/** What the kernel shows of a server’s socket, and of some of its connections both ends, each by the client’s key. */
export interface ConnectionRows {
  /** The socket that listens; that of UDP serves all clients. */
  readonly listener: TableRow | null;
  /** UDP: datagrams that this socket never got. Null elsewhere, and where the table was not read. */
  readonly drops: number | null;
  readonly ofServer: ReadonlyMap<string, TableRow>;
  /** Where the client is in the same network namespace. */
  readonly ofClient: ReadonlyMap<string, TableRow>;
}

export const noRows: ConnectionRows = {listener: null, drops: null, ofServer: new Map(), ofClient: new Map()};

type Inet = Extract<Endpoint, {readonly host: string}>;

/** By what the rows of a client are found: its address, or its number where it has none. */
export const keyOfClient = ({id, from}: Pick<ServedClient, 'id' | 'from'>): string => (from ? keyOf(from) : `#${id}`);

/** An address as a key, the same however IPv6 writes it. */
export const keyOf = (end: Endpoint): string => endpointText('host' in end ? {...end, host: plainHost(end.host)} : end);

/** Reads the kernel’s tables of sockets (man 5 proc, /proc/PID/net) for a server and some of its clients. */
export function readRows(pid: number, place: ServePlace, clients: readonly ServedClient[]): Promise<ConnectionRows> {
  if (place.kind === 'unix') return readUnix(pid, place.path, clients);
  return readConnections(
    pid,
    place,
    clients.flatMap(({from}) => (from && 'host' in from ? [from] : [])),
  );
}

/**
 * Of TCP and UDP. A table lists every socket of the machine, which may be many: only the lines of those asked for are taken
 * apart. A client of a server on IPv6 may have a socket of IPv4, and the other way round: the other table is read where the first
 * one has not all.
 */
export async function readConnections(
  pid: number,
  place: InetPlace,
  clients: readonly Inet[],
): Promise<ConnectionRows> {
  const [own, other] = isIPv6(place.host) ? (['6', ''] as const) : (['', '6'] as const);
  const first = await readTable(pid, `${place.kind}${own}`, place, clients);
  const found = connectionsIn(first, place, clients);
  if (found.ofClient.size === new Set(clients.map(keyOf)).size) return found;
  const second = await readTable(pid, `${place.kind}${other}`, place, clients);
  return connectionsIn([...first, ...second], place, clients);
}

type InetPlace = Extract<ServePlace, {readonly host: string}>;
type Table = 'tcp' | 'tcp6' | 'udp' | 'udp6';

async function readTable(pid: number, name: Table, place: InetPlace, clients: readonly Inet[]): Promise<TableRow[]> {
  const text = linesOn(await readFile(`/proc/${pid}/net/${name}`, 'latin1').catch(() => ''), place, clients);
  return parseInetTable(name, text);
}

function connectionsIn(rows: readonly TableRow[], place: InetPlace, clients: readonly Inet[]): ConnectionRows {
  const listener = listenerOf(rows, place);
  const ends =
    place.kind === 'udp' ? {ofServer: new Map(), ofClient: endsOfUdp(rows, clients)} : endsOfTcp(rows, place, clients);
  return {listener, drops: listener?.drops ?? null, ...ends};
}

function listenerOf(rows: readonly TableRow[], {host, port}: Inet): TableRow | null {
  const there = rows.filter(({local, remote}) => portOf(local) === port && remote !== null && isNowhere(remote));
  const isAt = ({local}: TableRow) => 'host' in local && local.host === host;
  return there.find(isAt) ?? there[0] ?? null;
}

function endsOfTcp(rows: readonly TableRow[], {port}: Inet, clients: readonly Inet[]) {
  const asked = new Set(clients.map(keyOf));
  const by = (end: (row: TableRow) => Endpoint | null, isTheirs: (row: TableRow) => boolean) =>
    new Map(
      rows.flatMap(row => {
        const at = end(row);
        return at && asked.has(keyOf(at)) && isTheirs(row) ? [[keyOf(at), row] as const] : [];
      }),
    );
  return {
    ofServer: by(
      ({remote}) => remote,
      ({local}) => portOf(local) === port,
    ),
    ofClient: by(
      ({local}) => local,
      ({remote}) => remote !== null && portOf(remote) === port,
    ),
  };
}

/** A socket that never called bind() or connect() with an address has none of its own: its port is enough, on this machine. */
function endsOfUdp(rows: readonly TableRow[], clients: readonly Inet[]): ReadonlyMap<string, TableRow> {
  return new Map(
    clients.flatMap(client => {
      const onPort = rows.filter(({local}) => portOf(local) === client.port);
      const found =
        onPort.find(({local}) => keyOf(local) === keyOf(client)) ??
        (isOwnAddress(client.host) ? onPort.find(({local}) => 'host' in local && isAnywhere(local.host)) : undefined);
      return found ? [[keyOf(client), found] as const] : [];
    }),
  );
}

const portOf = (end: Endpoint): number | null => ('port' in end ? end.port : null);
const isAnywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** The lines with the server’s port on one side, and on the other one a client’s or none; of UDP also those with a client’s and none. */
function linesOn(text: string, {kind, port}: InetPlace, clients: readonly Inet[]): string {
  const own = hexPort(port);
  const theirs = [...new Set(clients.map(client => client.port))].map(hexPort);
  const others = [hexPort(0), ...theirs].join('|');
  const end = (ports: string) => `[0-9A-F]+:(?:${ports})`;
  const far = kind === 'udp' ? `${own}|${hexPort(0)}` : own;
  const wanted = new RegExp(`^ *\\d+: (?:${end(own)} ${end(others)}|${end(others)} ${end(far)}) .*$`, 'gm');
  return (text.match(wanted) ?? []).join('\n');
}

const hexPort = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

/**
 * Of Unix sockets: those that a server has accepted bear its path, and are told apart by the inode of its descriptor. Whose other end
 * a socket is, the table does not say.
 */
async function readUnix(pid: number, path: string, clients: readonly ServedClient[]): Promise<ConnectionRows> {
  const text = await readFile(`/proc/${pid}/net/unix`, 'utf8').catch(() => '');
  const lines = text.split('\n').filter(line => line.endsWith(` ${path}`));
  const rows = new Map(parseUnixTable(lines.join('\n')).map(row => [row.inode, row]));
  const found = await Promise.all(
    clients.map(async client => {
      const row = client.fd === null ? undefined : rows.get(await inodeOf(pid, client.fd));
      return row ? [[keyOfClient(client), row] as const] : [];
    }),
  );
  const listener = [...rows.values()].find(({state}) => state === 'LISTEN') ?? null;
  return {...noRows, listener, ofServer: new Map(found.flat())};
}

/** `socket:[12345]`; 0 where the descriptor is closed by now. */
async function inodeOf(pid: number, fd: number): Promise<number> {
  const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
  return Number(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? 0);
}
