import {endpointText, flowKey} from '../model/address.ts';
import type {Unmet} from '../model/event.ts';
import type {SocketClaim, SocketName} from '../model/lesson.ts';
import type {SocketRow} from '../model/sockets.ts';
import {countText, endText, isCount, isEnd, isPort, portClaimText} from './claimed-values.ts';
import type {Found} from './found.ts';

/** What the kernel shows of a socket that was not claimed; null where it shows what was. */
export function socketUnmet(claim: SocketClaim, found: Found): Unmet | null {
  switch (claim.kind) {
    case 'listed': {
      const row = rowOf(claim.socket, found);
      return isListed(claim, row, found)
        ? null
        : {claimed: listedText(claim, found), found: rowText(claim.socket, row)};
    }
    case 'unlisted': {
      const row = rowOf(claim.socket, found);
      const holds = row && !row.listed && row.state === claim.state;
      return holds ? null : {claimed: `${claim.socket}: ${claim.state}, no row`, found: rowText(claim.socket, row)};
    }
    case 'gone': {
      const row = rowOf(claim.socket, found);
      return row ? {claimed: `${claim.socket}: no row`, found: rowText(claim.socket, row)} : null;
    }
    case 'accept-queue':
      return acceptQueueUnmet(claim, found);
    case 'local-port': {
      const row = rowOf(claim.socket, found);
      if (isPort(claim.is, row?.local ?? null, found)) return null;
      return {claimed: `${claim.socket}: ${portClaimText(claim.is)}`, found: rowText(claim.socket, row)};
    }
    case 'rows':
      return rowsUnmet(claim, found);
    case 'file': {
      const mode = found.files.find(file => file.name === claim.name)?.mode ?? null;
      return (claim.mode === null ? mode === null : mode?.startsWith(claim.mode))
        ? null
        : {claimed: `${claim.name}: ${claim.mode ?? 'no file'}`, found: `${claim.name}: ${mode ?? 'no file'}`};
    }
  }
}

type Rows = Extract<SocketClaim, {kind: 'rows'}>;

function rowsUnmet(claim: Rows, found: Found): Unmet | null {
  const own = found.rows.filter(row => row.actor === claim.actor && row.fd !== null);
  const fits = own.filter(
    row =>
      (claim.state === undefined || row.state === claim.state) &&
      (claim.protocol === undefined || row.protocol === claim.protocol) &&
      (claim.local === undefined || isEnd(claim.local, row.local, found)),
  );
  if (fits.length === claim.count) return null;
  const end = claim.local === undefined ? '' : ` ${endText(claim.local)}`;
  return {
    claimed: `${claim.actor}: ${claim.count} x ${claim.protocol ? `${claim.protocol} ` : ''}${claim.state ?? 'socket'}${end}`,
    found: `${claim.actor}: ${own.map(row => `${row.protocol} ${row.state} ${endpointText(row.local)}`).join(', ') || '-'}`,
  };
}

type Listed = Extract<SocketClaim, {kind: 'listed'}>;

function isListed(claim: Listed, row: SocketRow | undefined, found: Found): boolean {
  return (
    row?.listed === true &&
    row.state === claim.state &&
    (claim.protocol === undefined || row.protocol === claim.protocol) &&
    isCount(claim.recvQueue, row.recvQueue, found) &&
    isCount(claim.sendQueue, row.sendQueue, found) &&
    isCount(claim.retransmits, row.tcpInfo?.retransmits ?? null, found) &&
    isCount(claim.unacked, row.tcpInfo?.unacked ?? null, found) &&
    (claim.local === undefined || isEnd(claim.local, row.local, found)) &&
    (claim.remote === undefined || isEnd(claim.remote, row.remote, found))
  );
}

function listedText(claim: Listed, found: Found): string {
  const ends = [
    claim.local === undefined ? '' : ` local ${endText(claim.local)}`,
    claim.remote === undefined ? '' : ` remote ${endText(claim.remote)}`,
  ];
  const queues = [
    countText('Recv-Q', claim.recvQueue, found),
    countText('Send-Q', claim.sendQueue, found),
    countText('retransmits', claim.retransmits, found),
    countText('unacked', claim.unacked, found),
  ];
  return [claim.socket, ': ', claim.protocol ? `${claim.protocol} ` : '', claim.state, ...queues, ...ends].join('');
}

function acceptQueueUnmet(claim: Extract<SocketClaim, {kind: 'accept-queue'}>, found: Found): Unmet | null {
  const row = rowOf(claim.listener, found);
  const port = row && 'port' in row.local ? row.local.port : null;
  const waiting = found.rows.filter(
    other =>
      other.heldBy === 'accept-queue' &&
      other.actor === row?.actor &&
      'port' in other.local &&
      other.local.port === port,
  );
  const fits = waiting.filter(
    other => (claim.state === undefined || other.state === claim.state) && isCount(claim.bytes, other.recvQueue, found),
  );
  // A request that has not become a connection yet (SYN_RECV) is not counted by the listener.
  const counted = row?.recvQueue === claim.connections || claim.state === 'SYN_RECV';
  if (counted && fits.length === claim.connections && waiting.length === claim.connections) return null;
  const bytes = countText('Recv-Q', claim.bytes, found);
  return {
    claimed: `${claim.listener}: accept queue ${claim.connections} ${claim.state ?? ''}${bytes}`.trimEnd(),
    found: `${rowText(claim.listener, row)}, inode 0: ${waiting.map(({state, recvQueue}) => `${state} ${recvQueue}`).join(' ')}`,
  };
}

/** A socket by its descriptor; where only the kernel still has the connection, that by the two ends that the socket had. */
function rowOf(name: SocketName, found: Found): SocketRow | undefined {
  const bound = found.socket(name);
  if (!bound) return undefined;
  const {actor, fd, local, remote} = bound;
  const held = bound.isOpen ? found.rows.find(row => row.actor === actor && row.fd === fd) : undefined;
  if (held?.listed || !local || !remote) return held;
  const ends = flowKey(local, remote);
  return found.rows.find(row => row.fd === null && row.remote && flowKey(row.local, row.remote) === ends) ?? held;
}

function rowText(name: SocketName, row: SocketRow | undefined): string {
  if (!row) return `${name}: no row`;
  const queues = row.listed ? ` Recv-Q ${row.recvQueue} Send-Q ${row.sendQueue}` : ', no row';
  const info = row.tcpInfo ? ` retransmits ${row.tcpInfo.retransmits} unacked ${row.tcpInfo.unacked}` : '';
  return `${name}: ${row.state} ${endpointText(row.local)}${queues}${info}`;
}
