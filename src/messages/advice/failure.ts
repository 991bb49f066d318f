import {type ActorName, sideOf} from '../../model/actor.ts';
import {
  type Address,
  type Endpoint,
  endpointOf,
  endpointText,
  isNowhere,
  shortEndpointText,
} from '../../model/address.ts';
import type {Port} from '../../model/brands.ts';
import type {Call, OptionName} from '../../model/call.ts';
import type {Errno} from '../../model/errno.ts';
import type {SocketRow} from '../../model/sockets.ts';
import {callOn} from './on-another.ts';
import {familyOf, hasPort, isConnected, isDatagram, isListening, isTcp, isUnix, isUnused} from './socket-kinds.ts';

/** A call that failed, and what is known about where it did. */
export interface Failure {
  readonly actor: ActorName;
  readonly call: Call;
  readonly errno: Errno;
  /** The socket that the call was about, as the kernel shows it now; null: no such descriptor, or no socket. */
  readonly row: SocketRow | null;
  /** All sockets of all actors. */
  readonly rows: readonly SocketRow[];
  readonly serverPort: Port;
  /** The option of the socket that let the call wait for so long only, which it did; null where none ended it. */
  readonly limit: {readonly option: OptionName; readonly milliseconds: number} | null;
  /** accept() made the socket: its peer is who connects, and may do so again. */
  readonly isAccepted: boolean;
}

/** A failure, and the sockets that matter there beside the one that the call was about; undefined: there is none. */
export interface Seen extends Failure {
  /** Uses the address that the call asked for; for a call without one, the address of its own socket. */
  readonly holder: SocketRow | undefined;
  /** Listens where this socket could connect to. */
  readonly listener: SocketRow | undefined;
  readonly ownListener: SocketRow | undefined;
  /** Another socket of the actor's, with a connection. */
  readonly connected: SocketRow | undefined;
  /** The other end of the connection. */
  readonly peer: SocketRow | undefined;
  /** A stream socket of the other side that has neither an address nor a peer. */
  readonly idle: SocketRow | undefined;
  /** A datagram socket of somebody else's. */
  readonly datagram: SocketRow | undefined;
  /** One with a port. */
  readonly datagramAt: SocketRow | undefined;
  /** One without an address. */
  readonly idleDatagram: SocketRow | undefined;
}

export function seenAt(failure: Failure): Seen {
  const {actor, row, rows} = failure;
  const others = newestFirst(rows).filter(other => other.fd !== null && !isSame(other, row));
  const [own, strange] = [others.filter(isOf(actor)), others.filter(other => other.actor !== actor)];
  const datagrams = strange.filter(other => isDatagram(other) && familyOf(other) === familyOf(row));
  return {
    ...failure,
    holder: holderOf(failure),
    listener: [...strange, ...own].find(other => reachedFrom(row, other) !== undefined),
    ownListener: own.find(isListening),
    connected: own.find(isConnected),
    peer: row?.remote ? others.find(other => other.remote && isFlow(other, row)) : undefined,
    idle: strange.find(other => isUnused(other) && other.protocol === (row?.protocol ?? 'tcp') && !isDatagram(other)),
    datagram: datagrams[0],
    datagramAt: datagrams.find(hasPort),
    idleDatagram: datagrams.find(isUnused),
  };
}

/** What the texts and lines have in braces; a value that is not known is left out. */
export function valuesOf(seen: Seen): Readonly<Record<string, string>> {
  const {actor, call, row, rows, serverPort, limit, holder, listener, peer} = seen;
  const asked = 'address' in call ? call.address : undefined;
  const ownFds = rows.filter(isOf(actor)).flatMap(({fd}) => fd ?? []);
  const host = familyOf(row) === 'AF_INET6' ? '[::1]' : '127.0.0.1';
  const values: Record<string, string | number | undefined | null> = {
    actor,
    call: call.name,
    server: sideOf(actor) === 'server' ? actor : 'server',
    client: sideOf(actor) === 'client' ? actor : 'client',
    otherSide: sideOf(actor) === 'server' ? 'client' : 'server',
    fd: 'fd' in call ? call.fd : undefined,
    fds: ownFds.length > 0 ? ownFds.join(', ') : undefined,
    another: ownFds.toReversed().find(fd => !('fd' in call) || fd !== call.fd),
    option: 'option' in call ? call.option : undefined,
    limit: limit?.option,
    limitMs: limit?.milliseconds,
    to: asked && 'port' in asked ? endpointText({host: asked.host, port: asked.port}) : undefined,
    path: pathOf(call, asked),
    own: row && hasPort(row) ? endpointText(row.local) : undefined,
    ownAt: row && hasPort(row) ? endpointText(reachable(row.local)) : undefined,
    askedDomain: asked?.family,
    home: `${host}:${serverPort}`,
    anyPort: `${host}:0`,
    domain: familyOf(row),
    type: isDatagram(row) ? 'SOCK_DGRAM' : 'SOCK_STREAM',
    holder: holder?.fd === null ? undefined : holder?.actor,
    holderFd: holder?.fd,
    holderState: holder?.state,
    listener: listener?.actor,
    listenerAt: listener && reachedFrom(row, listener),
    ownListener: seen.ownListener?.fd,
    connected: seen.connected?.fd,
    peer: peer?.actor,
    peerFd: peer?.fd,
    idle: seen.idle?.actor,
    idleFd: seen.idle?.fd,
    datagram: seen.datagram?.actor,
    datagramFd: seen.datagram?.fd,
    idleDatagram: seen.idleDatagram?.actor,
    idleDatagramFd: seen.idleDatagram?.fd,
    remoteAt: row?.remote && !isNowhere(row.remote) ? endpointText(row.remote) : undefined,
    datagramAt: seen.datagramAt && endpointText(reachable(seen.datagramAt.local)),
  };
  const onAnother = values.another && callOn(call, String(values.another));
  if (onAnother) values.onAnother = `${actor} ${onAnother}`;
  const known = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}

const isOf =
  (actor: ActorName) =>
  (row: SocketRow): boolean =>
    row.actor === actor;

/** The call names an address of another family than its socket has. */
export const isOtherFamily = ({call, row}: Failure): boolean =>
  row !== null && 'address' in call && call.address.family !== familyOf(row);

const isOnAll = ({holder}: Seen): boolean => !!holder && 'host' in holder.local && holder.local.host === '::';

/** An IPv4 address is asked for, and an IPv6 socket has its port at [::]. */
export const isBesideDualStack = (seen: Seen): boolean =>
  isOnAll(seen) && 'address' in seen.call && seen.call.address.family === 'AF_INET';

/** [::] is asked for, and an IPv4 socket has its port. */
export const wouldBeDualStack = ({call, row, holder}: Seen): boolean =>
  familyOf(row) === 'AF_INET6' &&
  'address' in call &&
  'host' in call.address &&
  call.address.host === '::' &&
  familyOf(holder) === 'AF_INET' &&
  !isUnix(row);

export const asksForPath = ({call}: Failure): boolean => 'address' in call && call.address.family === 'AF_UNIX';
export const askedPort = ({call}: Failure): number =>
  'address' in call && 'port' in call.address ? call.address.port : -1;

/** The broadcast address of the loopback network, 127.0.0.0/8. */
export const asksForBroadcast = ({call}: Failure): boolean =>
  'address' in call && 'host' in call.address && call.address.host === '127.255.255.255';

const isSame = (a: SocketRow, b: SocketRow | null): boolean => a.actor === b?.actor && a.fd === b.fd;

const newestFirst = (rows: readonly SocketRow[]): readonly SocketRow[] =>
  rows.toSorted((a, b) => Number(b.fd) - Number(a.fd));

const isFlow = (one: SocketRow, other: SocketRow): boolean =>
  'port' in one.local &&
  one.remote !== null &&
  other.remote !== null &&
  endpointText(one.local) === endpointText(other.remote) &&
  endpointText(one.remote) === endpointText(other.local);

/** Of several the one that matters most: a listener, then what a process holds, then what only the kernel keeps. */
function holderOf({call, row, rows}: Failure): SocketRow | undefined {
  const asked: Endpoint | undefined = 'address' in call ? endpointOf(call.address) : row?.local;
  if (!asked) return undefined;
  const kind = isDatagram(row) ? isDatagram : isUnix(row) ? isUnix : isTcp;
  const holders = newestFirst(rows).filter(other => !isSame(other, row) && kind(other) && overlaps(other.local, asked));
  return holders.find(isListening) ?? holders.find(({fd}) => fd !== null) ?? holders[0];
}

function overlaps(one: Endpoint, other: Endpoint): boolean {
  if ('path' in one || 'path' in other) return 'path' in one && 'path' in other && one.path === other.path;
  const isAny = ({host}: {readonly host: string}) => host === '0.0.0.0' || host === '::';
  return one.port === other.port && one.port !== 0 && (one.host === other.host || isAny(one) || isAny(other));
}

/** Where a socket is reached from this machine: at the wildcard address, by loopback. */
function reachable(end: Endpoint): Endpoint {
  if ('path' in end) return end;
  return {port: end.port, host: end.host === '0.0.0.0' ? '127.0.0.1' : end.host === '::' ? '::1' : end.host};
}

/** The address at which a socket like `row` gets to a listener; undefined: not at all. A socket at :: takes IPv4 too. */
function reachedFrom(row: SocketRow | null, listener: SocketRow): string | undefined {
  if (!isListening(listener) || !isTcp(listener) || !('port' in listener.local)) return undefined;
  const {local} = listener;
  if (familyOf(listener) === familyOf(row)) return endpointText(reachable(local));
  return familyOf(row) === 'AF_INET' && local.host === '::' ? `127.0.0.1:${local.port}` : undefined;
}

function pathOf(call: Call, asked: Address | undefined): string | undefined {
  const path = asked && 'path' in asked ? asked.path : 'path' in call ? call.path : undefined;
  return path === undefined ? undefined : shortEndpointText({path});
}
