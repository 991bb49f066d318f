import {type Address, endpointOf, endpointText} from '../model/address.ts';
import type {Call, PollEvent} from '../model/call.ts';
import type {Unmet} from '../model/event.ts';
import type {OutcomeClaim, SocketName} from '../model/lesson.ts';
import type {Interface, Returned} from '../model/outcome.ts';
import {fromBase64} from '../model/payload.ts';
import {endText, isEnd} from './claimed-values.ts';
import type {Found, MadeCall, Result} from './found.ts';

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
