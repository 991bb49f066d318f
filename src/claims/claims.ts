import {messageFlags} from '../model/call.ts';
import type {Unmet} from '../model/event.ts';
import type {Claim, SaysClaim, TextClaim, TimeClaim, TracedCallClaim, TracedClaim} from '../model/lesson.ts';
import {fromBase64} from '../model/payload.ts';
import type {TracedCall} from '../model/traced.ts';
import {decoded} from '../timeline/decoding.ts';
import type {Found, MadeCall} from './found.ts';
import {outcomeUnmet} from './outcome-claims.ts';
import {socketUnmet} from './socket-claims.ts';
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
