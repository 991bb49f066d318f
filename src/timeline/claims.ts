import type {ActorName} from '../model/actor.ts';
import {type Endpoint, endpointText, flowKey} from '../model/address.ts';
import type {Fd, Port} from '../model/brands.ts';
import type {CallName} from '../model/call.ts';
import type {Unmet} from '../model/event.ts';
import type {Claim, OutcomeClaim, Payload, SocketClaim, SocketName} from '../model/lesson.ts';
import type {Lost, Outcome} from '../model/outcome.ts';
import {fromBase64} from '../model/payload.ts';
import type {SocketRow} from '../model/sockets.ts';

/** What became of a call: an outcome, none yet, or none ever. */
export type Result = Outcome | Lost | {readonly kind: 'waiting'};

/** A lesson's socket in this run: its descriptor, and the ends that the kernel last showed for it. */
export interface BoundSocket {
  readonly actor: ActorName;
  readonly fd: Fd;
  readonly isOpen: boolean;
  readonly local: Endpoint | null;
  readonly remote: Endpoint | null;
}

/** What the kernel did, as far as a claim can speak of it. */
export interface Found {
  readonly call: CallName;
  readonly result: Result;
  resultOf(step: string): {readonly call: CallName; readonly result: Result} | null;
  readonly rows: readonly SocketRow[];
  socket(name: SocketName): BoundSocket | null;
  bytes(payload: Payload): Uint8Array;
  readonly serverPort: Port;
}

/** The parts of a claim that do not hold; empty when the kernel fulfilled it. */
export function unmet(claim: Claim, found: Found): readonly Unmet[] {
  const parts: (Unmet | null)[] = [];
  if (claim.outcome) parts.push(outcomeUnmet(claim.outcome, found.call, found.result, found));
  if (claim.completes) {
    const earlier = found.resultOf(claim.completes.step);
    if (earlier) parts.push(outcomeUnmet(claim.completes.outcome, earlier.call, earlier.result, found));
    else parts.push({claimed: claim.completes.step, found: '-'});
  }
  for (const socket of claim.sockets ?? []) parts.push(socketUnmet(socket, found));
  return parts.filter(part => part !== null);
}

function outcomeUnmet(claim: OutcomeClaim, call: CallName, result: Result, found: Found): Unmet | null {
  if (isOutcome(claim, call, result, found)) return null;
  return {claimed: `${call}() ${claimedOutcome(claim, found)}`, found: `${call}() ${resultText(result)}`};
}

function isOutcome(claim: OutcomeClaim, call: CallName, result: Result, found: Found): boolean {
  switch (claim.kind) {
    case 'waits':
      return result.kind === 'waiting';
    case 'fails':
      return result.kind === 'failed' && result.errno === claim.errno;
    case 'returns':
      return result.kind === 'returned' && result.value === claim.value;
    case 'returns-descriptor':
      return result.kind === 'returned' && result.value >= 0;
    case 'returns-bytes': {
      if (result.kind !== 'returned') return false;
      const bytes = found.bytes(claim.bytes);
      return result.value === bytes.length && (call !== 'recv' || sameBytes(fromBase64(result.data ?? ''), bytes));
    }
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

function claimedOutcome(claim: OutcomeClaim, found: Found): string {
  switch (claim.kind) {
    case 'waits':
      return '...';
    case 'fails':
      return `= -1 ${claim.errno}`;
    case 'returns':
      return `= ${claim.value}`;
    case 'returns-descriptor':
      return '= fd';
    case 'returns-bytes':
      return `= ${found.bytes(claim.bytes).length}`;
  }
}

function resultText(result: Result): string {
  switch (result.kind) {
    case 'waiting':
      return '...';
    case 'lost':
      return '<unfinished>';
    case 'failed':
      return `= -1 ${result.errno}`;
    case 'returned':
      return `= ${result.value}`;
  }
}

function socketUnmet(claim: SocketClaim, found: Found): Unmet | null {
  switch (claim.kind) {
    case 'listed': {
      const row = rowOf(claim.socket, found);
      const count = (n: number | Payload | undefined) => (typeof n === 'object' ? found.bytes(n).length : n);
      const [recvQueue, sendQueue] = [count(claim.recvQueue), count(claim.sendQueue)];
      const holds =
        row?.listed &&
        row.state === claim.state &&
        (recvQueue === undefined || row.recvQueue === recvQueue) &&
        (sendQueue === undefined || row.sendQueue === sendQueue);
      const queues = [
        recvQueue === undefined ? '' : ` Recv-Q ${recvQueue}`,
        sendQueue === undefined ? '' : ` Send-Q ${sendQueue}`,
      ];
      return holds
        ? null
        : {claimed: `${claim.socket}: ${claim.state}${queues.join('')}`, found: rowText(claim.socket, row)};
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
    case 'accept-queue': {
      const row = rowOf(claim.listener, found);
      const waiting = found.rows.filter(other => other.heldBy === 'accept-queue').length;
      if (row?.recvQueue === claim.connections && waiting === claim.connections) return null;
      return {
        claimed: `${claim.listener}: accept queue ${claim.connections}`,
        found: `${rowText(claim.listener, row)}, inode 0: ${waiting}`,
      };
    }
    case 'local-port': {
      const row = rowOf(claim.socket, found);
      const port = row && 'port' in row.local ? row.local.port : null;
      const is = port === null || port === 0 ? 'none' : port === found.serverPort ? 'server' : 'another';
      return is === claim.is ? null : {claimed: `${claim.socket}: ${claim.is} port`, found: rowText(claim.socket, row)};
    }
  }
}

/** An open socket by its descriptor; a closed one by the two ends that it had, as long as the kernel keeps them. */
function rowOf(name: SocketName, found: Found): SocketRow | undefined {
  const bound = found.socket(name);
  if (!bound) return undefined;
  const {actor, fd, local, remote} = bound;
  if (bound.isOpen) return found.rows.find(row => row.actor === actor && row.fd === fd);
  if (!local || !remote) return undefined;
  const ends = flowKey(local, remote);
  return found.rows.find(row => row.fd === null && row.remote && flowKey(row.local, row.remote) === ends);
}

function rowText(name: SocketName, row: SocketRow | undefined): string {
  if (!row) return `${name}: no row`;
  const queues = row.listed ? ` Recv-Q ${row.recvQueue} Send-Q ${row.sendQueue}` : ', no row';
  return `${name}: ${row.state} ${endpointText(row.local)}${queues}`;
}
