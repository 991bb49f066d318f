import {readFile} from 'node:fs/promises';
import {isIPv6} from 'node:net';
import {type Endpoint, endpointText, isNowhere} from '../model/address.ts';
import type {ServePlace} from '../model/serve.ts';
import {parseInetTable, type TableRow} from './proc-net.ts';

/** What the kernel shows of a server’s socket, and of some of its connections: by the client’s address, both ends. */
export interface ConnectionRows {
  readonly listener: TableRow | null;
  readonly ofServer: ReadonlyMap<string, TableRow>;
  /** Where the client is in the same network namespace. */
  readonly ofClient: ReadonlyMap<string, TableRow>;
}

export const noRows: ConnectionRows = {listener: null, ofServer: new Map(), ofClient: new Map()};

type Inet = Extract<Endpoint, {readonly host: string}>;

/**
 * Reads the kernel’s table (man 5 proc, /proc/PID/net/tcp). It lists every connection of the machine, which may be many: only the
 * lines of those asked for are taken apart.
 */
export async function readConnections(
  pid: number,
  place: Extract<ServePlace, {readonly host: string}>,
  clients: readonly Inet[],
): Promise<ConnectionRows> {
  const table = `${place.kind}${isIPv6(place.host) ? '6' : ''}` as const;
  const text = await readFile(`/proc/${pid}/net/${table}`, 'latin1').catch(() => '');
  const rows = parseInetTable(table, linesOn(text, place.port, clients));
  const asked = new Set(clients.map(endpointText));
  const isOurs = ({local}: TableRow) => 'port' in local && local.port === place.port;
  const remoteText = ({remote}: TableRow) => (remote ? endpointText(remote) : '');
  return {
    listener: rows.find(row => isOurs(row) && row.remote !== null && isNowhere(row.remote)) ?? null,
    ofServer: new Map(rows.filter(row => isOurs(row) && asked.has(remoteText(row))).map(row => [remoteText(row), row])),
    ofClient: new Map(
      rows.filter(({local}) => asked.has(endpointText(local))).map(row => [endpointText(row.local), row]),
    ),
  };
}

/** The lines with the server’s port on one side, and on the other one a client’s or none. */
function linesOn(text: string, server: number, clients: readonly Inet[]): string {
  const own = hexPort(server);
  const others = [0, ...new Set(clients.map(client => client.port))].map(hexPort).join('|');
  const end = (ports: string) => `[0-9A-F]+:(?:${ports})`;
  const wanted = new RegExp(`^ *\\d+: (?:${end(own)} ${end(others)}|${end(others)} ${end(own)}) .*$`, 'gm');
  return (text.match(wanted) ?? []).join('\n');
}

const hexPort = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');
