import {type Address, endpointOf, endpointText, flowKey} from '../model/address.ts';
import {type Call, messageFlags, type PollEvent} from '../model/call.ts';
import type {Unmet} from '../model/event.ts';
import type {
  Claim,
  OutcomeClaim,
  SaysClaim,
  SocketClaim,
  SocketName,
  TextClaim,
  TimeClaim,
  TracedCallClaim,
  TracedClaim,
} from '../model/lesson.ts';
import type {Interface, Returned} from '../model/outcome.ts';
import {fromBase64} from '../model/payload.ts';
import type {SocketRow} from '../model/sockets.ts';
import type {TracedCall} from '../model/traced.ts';
import {decoded} from '../timeline/decoding.ts';
import {countText, endText, isCount, isEnd, isPort, portClaimText} from './claimed-values.ts';
import type {Found, MadeCall, Result} from './found.ts';
import {wireUnmet} from './wire-claims.ts';

/** The parts of a claim that do not hold; empty when the kernel fulfilled it. */
export function unmet(claim: Claim, found: Found): readonly Unmet[] {
  const parts: (Unmet | null)[] = [];
  const last = found.calls.at(-1);
  if (claim.outcome && last) parts.push(outcomeUnmet(claim.outcome, last, found));
  if (claim.completes) {
    const earlier = found.lastCallOf(claim.completes.step, claim.completes.call);
    if (earlier) parts.push(outcomeUnmet(claim.completes.outcome, earlier, found));
    else parts.push({claimed: claim.completes.step, found: '-'});
  }
  for (const socket of claim.sockets ?? []) parts.push(socketUnmet(socket, found));
  for (const says of claim.says ?? []) parts.push(saysUnmet(says, found));
  for (const traced of claim.traced ?? []) parts.push(tracedUnmet(traced, found));
  if (claim.wire) parts.push(wireUnmet(claim.wire, found));
  if (claim.takes) parts.push(timeUnmet(claim.takes, found));
  for (const text of claim.texts ?? []) parts.push(textUnmet(text, found));
  return parts.filter(part => part !== null);
}

/** What one call did that was not claimed of it; null when it did what was. */
export function outcomeUnmet(claim: OutcomeClaim, made: MadeCall, found: Found): Unmet | null {
  if (isOutcome(claim, made, found)) return null;
  const {name} = made.call;
  return {claimed: `${name}() ${claimedOutcome(claim, found)}`, found: `${name}() ${resultText(made.result)}`};
}

/** Whether a call did what is claimed of it. */
export function isOutcome(claim: OutcomeClaim, {call, result}: MadeCall, found: Found): boolean {
  switch (claim.kind) {
    case 'waits':
      return result.kind === 'waiting';
    case 'lost':
      return result.kind === 'lost';
    case 'fails':
      return result.kind === 'failed' && result.errno === claim.errno;
    case 'evaluates':
      return result.kind === 'evaluated' && (claim.value === undefined || result.text === claim.value);
    case 'throws':
      return result.kind === 'threw' && result.error.includes(claim.error);
    case 'ends':
      return result.kind === 'ended' && ('code' in claim ? result.code === claim.code : result.signal === claim.signal);
    default:
      return result.kind === 'returned' && isReturned(claim, call, result, found);
  }
}

type ReturnClaim = Extract<OutcomeClaim, {kind: 'returns' | `returns-${string}`}>;

function isReturned(claim: ReturnClaim, call: Call, result: Returned, found: Found): boolean {
  switch (claim.kind) {
    case 'returns':
      return result.value === claim.value;
    case 'returns-from':
      return result.value >= claim.least && (claim.below === undefined || result.value < claim.below);
    case 'returns-descriptor':
      return result.value >= 0;
    case 'returns-bytes': {
      const bytes = found.bytes(claim.bytes);
      return result.value === bytes.length && (!isReceiving(call) || sameBytes(fromBase64(result.data ?? ''), bytes));
    }
    case 'returns-address':
      return result.value >= 0 && isEnd(claim, result.address ? endpointOf(result.address) : null, found);
    case 'returns-option':
      return typeof claim.value === 'number'
        ? result.option === claim.value
        : result.option !== undefined && result.option >= claim.value.least;
    case 'returns-credentials':
      return result.credentials !== undefined && result.credentials.pid === found.pidOf(claim.of);
    case 'returns-ready':
      return call.name === 'poll' && isReady(claim.ready, call, result, found);
    case 'returns-part':
      return Buffer.from(fromBase64(result.data ?? '')).includes(Buffer.from(found.bytes(claim.bytes)));
    case 'returns-interface':
      return isInterface(claim, result.interfaces ?? []);
    case 'returns-hosts':
      return hostsOf(result.addresses).some(host => claim.oneOf.includes(host));
  }
}

const isReceiving = (call: Call): boolean => call.name === 'recv' || call.name === 'recvfrom';

function isReady(
  claimed: Readonly<Record<SocketName, readonly PollEvent[]>>,
  call: Extract<Call, {name: 'poll'}>,
  {ready = []}: Returned,
  found: Found,
): boolean {
  const wanted = new Map(Object.entries(claimed).map(([name, events]) => [found.socket(name)?.fd, events]));
  return call.fds.every(({fd}, i) => {
    const events = wanted.get(fd) ?? [];
    const seen = ready[i] ?? [];
    return events.length === 0 ? seen.length === 0 : events.every(event => seen.includes(event));
  });
}

const hostsOf = (addresses: readonly Address[] = []): string[] =>
  addresses.flatMap(address => ('host' in address ? [address.host] : []));

function isInterface(
  {which, host, internal}: Extract<ReturnClaim, {kind: 'returns-interface'}>,
  interfaces: readonly Interface[],
): boolean {
  const fits = (one: Interface | undefined): boolean =>
    one !== undefined && (host ?? one.host) === one.host && (internal ?? one.internal) === one.internal;
  if (which === 'first') return fits(interfaces.find(one => !one.host.includes(':')));
  return interfaces.some(fits) === (which === 'some');
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

function claimedOutcome(claim: OutcomeClaim, found: Found): string {
  switch (claim.kind) {
    case 'waits':
      return '...';
    case 'lost':
      return '<unfinished>';
    case 'fails':
      return `= -1 ${claim.errno}`;
    case 'evaluates':
      return `= ${claim.value ?? '*'}`;
    case 'throws':
      return `throws ${claim.error}`;
    case 'ends':
      return 'code' in claim ? `exit ${claim.code}` : `ended by ${claim.signal}`;
    case 'returns':
      return `= ${claim.value}`;
    case 'returns-from':
      return `>= ${claim.least}${claim.below === undefined ? '' : `, < ${claim.below}`}`;
    case 'returns-descriptor':
      return '= fd';
    case 'returns-bytes':
      return `= ${found.bytes(claim.bytes).length}`;
    case 'returns-address':
      return `{${endText(claim)}}`;
    case 'returns-option':
      return `{${typeof claim.value === 'number' ? claim.value : `>= ${claim.value.least}`}}`;
    case 'returns-credentials':
      return `{pid ${found.pidOf(claim.of)}}`;
    case 'returns-ready':
      return JSON.stringify(claim.ready);
    case 'returns-part':
      return `= ..${JSON.stringify(Buffer.from(found.bytes(claim.bytes)).toString())}..`;
    case 'returns-interface':
      return `${claim.which} {${[claim.host, claim.internal].filter(part => part !== undefined).join(', ')}}`;
    case 'returns-hosts':
      return claim.oneOf.join(' | ');
  }
}

export function resultText(result: Result): string {
  switch (result.kind) {
    case 'waiting':
      return '...';
    case 'lost':
      return '<unfinished>';
    case 'failed':
      return `= -1 ${result.errno}`;
    case 'evaluated':
      return `= ${result.text}`;
    case 'threw':
      return `throws ${result.error}`;
    case 'ended':
      return result.signal === null ? `exit ${result.code}` : `ended by ${result.signal}`;
    case 'returned':
      return `= ${result.value}${writtenText(result)}`;
  }
}

function writtenText({address, option, credentials, ready, addresses, interfaces}: Returned): string {
  if (interfaces) return ` ${interfaces.map(({host, internal}) => `{${host}, ${internal}}`).join(' ')}`;
  if (address) return ` {${endpointText(endpointOf(address))}}`;
  if (option !== undefined) return ` {${option}}`;
  if (credentials) return ` {pid ${credentials.pid}}`;
  if (ready) return ` ${JSON.stringify(ready)}`;
  return addresses ? ` ${hostsOf(addresses).join(' ')}` : '';
}

function socketUnmet(claim: SocketClaim, found: Found): Unmet | null {
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

function saysUnmet({actor, text, never}: SaysClaim, found: Found): Unmet | null {
  const said = found.said(actor);
  if (said.includes(text) !== (never === true)) return null;
  return {claimed: `${actor} ${never ? 'does not say' : 'says'} ${JSON.stringify(text)}`, found: JSON.stringify(said)};
}

function tracedUnmet({actor, calls, only, bytes = {}}: TracedClaim, found: Found): Unmet | null {
  const seen = found.traced(actor);
  const isAll = Object.entries(bytes).every(([name, count]) => bytesOf(name, seen) === count);
  if (isAll && (!only || seen.length === calls.length) && isInOrder(calls, seen)) return null;
  const sums = Object.entries(bytes).map(([name, count]) => `${name} ${count} in all`);
  const claimed = [
    ...calls.map(call => [call.name, call.with, call.result, call.errno].filter(Boolean).join(' ')),
    ...sums,
  ];
  return {
    claimed: `${actor} ${only ? 'only ' : ''}${claimed.join(', ') || '-'}`,
    found: `${actor} ${seen.map(call => `${call.name} ${call.errno ?? call.result}`).join(', ') || '-'}`,
  };
}

/** What the calls of a name that worked returned, added up. */
const bytesOf = (name: string, seen: readonly TracedCall[]): number =>
  seen.reduce((sum, call) => sum + (call.name === name ? Math.max(0, call.result ?? 0) : 0), 0);

function isInOrder(claims: readonly TracedCallClaim[], seen: readonly TracedCall[]): boolean {
  let at = 0;
  for (const call of seen) {
    const claim = claims[at];
    if (claim && isTraced(claim, call)) at += 1;
  }
  return at === claims.length;
}

const isTraced = (claim: TracedCallClaim, {name, args, result, errno}: TracedCall): boolean =>
  name === claim.name &&
  (claim.with === undefined || args.some(arg => arg.split('|').includes(claim.with ?? ''))) &&
  (claim.result === undefined || result === claim.result) &&
  (claim.errno === undefined || errno === claim.errno);

function timeUnmet(claim: TimeClaim, {calls}: Found): Unmet | null {
  const times = calls.flatMap(({actor, call, elapsedUs}) =>
    actor === claim.actor && call.name === claim.call && elapsedUs !== null ? [elapsedUs / 1000] : [],
  );
  const fastest = Math.min(...times);
  const {leastMs = 0, belowMs = Number.POSITIVE_INFINITY} = claim;
  if (fastest >= leastMs && fastest < belowMs) return null;
  const limits = [
    claim.leastMs === undefined ? '' : `>= ${leastMs}`,
    claim.belowMs === undefined ? '' : `< ${belowMs}`,
  ];
  return {
    claimed: `${claim.call}() ${limits.join(' ').trim()} ms`,
    found: times.length === 0 ? `${claim.call}() -` : `${claim.call}() ${fastest.toFixed(1)} ms`,
  };
}

function textUnmet({of, how, is}: TextClaim, found: Found): Unmet | null {
  const text = decoded(how, of.flatMap(found.callsOf).flatMap(receivedBy));
  return text === is ? null : {claimed: `${how} ${JSON.stringify(is)}`, found: `${how} ${JSON.stringify(text)}`};
}

/** What a call took out of its socket; what it only looked at comes again. */
function receivedBy({call, result}: MadeCall): Uint8Array[] {
  if (call.name !== 'recv' && call.name !== 'recvfrom') return [];
  if (result.kind !== 'returned' || (call.flags & messageFlags.MSG_PEEK) !== 0) return [];
  return [fromBase64(result.data ?? '')];
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
