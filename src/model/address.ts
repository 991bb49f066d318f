import type {Port} from './brands.ts';

/** A socket address as a program writes it down. Hosts are numeric: names are not resolved here. */
export type Address =
  | {readonly family: 'AF_INET'; readonly host: string; readonly port: Port}
  | {readonly family: 'AF_INET6'; readonly host: string; readonly port: Port}
  | {readonly family: 'AF_UNIX'; readonly path: string};

/** One end of a socket as the kernel lists it; an unnamed Unix socket has an empty path. */
export type Endpoint = {readonly host: string; readonly port: Port} | {readonly path: string};

export const endpointOf = (address: Address): Endpoint =>
  address.family === 'AF_UNIX' ? {path: address.path} : {host: address.host, port: address.port};

/** `127.0.0.1:8080`, `[::1]:8080` or `/tmp/x.sock`. */
export function endpointText(end: Endpoint): string {
  if ('path' in end) return end.path === '' ? '(unnamed)' : end.path;
  return end.host.includes(':') ? `[${end.host}]:${end.port}` : `${end.host}:${end.port}`;
}

/** The same in a few cells: of a path its last name. */
export const shortEndpointText = (end: Endpoint): string =>
  endpointText('path' in end ? {path: end.path.slice(end.path.lastIndexOf('/') + 1)} : end);

/** The far end of a datagram socket that is not connected: its table shows 0.0.0.0:0. */
export const isNowhere = (end: Endpoint): boolean => 'port' in end && end.port === 0;

/** The local end and the remote end of one connection, as a key. A flow in the other direction has them exchanged. */
export const flowKey = (from: Endpoint, to: Endpoint): string => `${endpointText(from)} > ${endpointText(to)}`;

/** An address of IPv4 that IPv6 writes (RFC 4291 section 2.5.5.2) is that address, and the name of a device is no part of one. */
export const plainHost = (host: string): string => host.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
