import type {Endpoint} from '../model/address.ts';
import {port} from '../model/brands.ts';
import type {Unmet} from '../model/event.ts';
import type {FrameClaim, FramesClaim} from '../model/lesson.ts';
import type {Frame, SequenceBase, Summary, WireEnd} from '../model/wire.ts';
import {countText, endText, isCount, isEnd, isInRange, rangeText} from './claimed-values.ts';
import type {Found, WireFrame} from './found.ts';

/** What passed on the wire and was not claimed, or the other way round; null when all is as claimed, or nothing was captured. */
export function wireUnmet(claim: FramesClaim, found: Found): Unmet | null {
  const seen = found.wire;
  if (seen === null) return null;
  const wrong = claim.never?.find(one => seen.some(frame => isFrame(one, frame, null, found)));
  if (wrong) return {claimed: `never ${frameClaimText(wrong, found)}`, found: wireText(seen, found)};
  const {count} = claim;
  if (count && !isSoMany(count, seen, found)) return {claimed: soManyText(count, found), found: wireText(seen, found)};
  const isSo = isSequence(claim, seen, found);
  if (isSo) return null;
  const claimed = claim.frames.map(one => frameClaimText(one, found)).join(', ') || '-';
  return {claimed: `${claim.only ? 'only ' : ''}${claimed}`, found: wireText(seen, found)};
}

type SoMany = NonNullable<FramesClaim['count']>;

const isSoMany = ({of, ...range}: SoMany, seen: readonly WireFrame[], found: Found): boolean =>
  isInRange(seen.filter(frame => isFrame(of, frame, null, found)).length, range);

const soManyText = ({of, ...range}: SoMany, found: Found): string =>
  `${rangeText(range)} times ${frameClaimText(of, found)}`;

function isSequence({frames, only}: FramesClaim, seen: readonly WireFrame[], found: Found): boolean {
  if (only && frames.length !== seen.length) return false;
  const isFrom = (at: number, before: WireFrame | null, claims: readonly FrameClaim[]): boolean => {
    const [claim, ...others] = claims;
    if (!claim) return true;
    const candidates = seen.slice(at, only || claim.isNext ? at + 1 : undefined);
    return candidates.some((frame, i) => isFrame(claim, frame, before, found) && isFrom(at + i + 1, frame, others));
  };
  return isFrom(0, null, frames);
}

function isFrame(claim: FrameClaim, seen: WireFrame, before: WireFrame | null, found: Found): boolean {
  const {frame, summary} = seen;
  if (!summary || summary.kind !== (claim.protocol ?? 'tcp')) return false;
  return (
    (claim.from === undefined || senderOf(summary, found) === claim.from) &&
    (claim.flags === undefined || (summary.kind === 'tcp' && sameFlags(claim.flags, summary.flags))) &&
    isCount(claim.length, 'length' in summary ? summary.length : null, found) &&
    isCount(claim.window, summary.kind === 'tcp' ? summary.window : null, found) &&
    isNumbered(claim, seen, found) &&
    (claim.isAgain === undefined || claim.isAgain === seen.isAgain) &&
    (claim.during === undefined || claim.during === seen.during) &&
    (claim.host === undefined || claim.host === frame.host) &&
    (claim.device === undefined || claim.device === frame.device) &&
    (claim.ttl === undefined || ('ttl' in summary && summary.ttl === claim.ttl)) &&
    isAfter(claim, frame, before) &&
    isBetween(claim, summary, found)
  );
}

function isNumbered(claim: FrameClaim, {summary, base}: WireFrame, found: Found): boolean {
  const tcp = summary?.kind === 'tcp' ? summary : null;
  const {sequence = null, acknowledgment = null} = tcp && base ? relative(tcp, base) : {};
  return (
    isCount(claim.sequence, sequence, found) &&
    isCount(claim.acknowledgment, acknowledgment, found) &&
    isCount(claim.sequenceInHeader, tcp?.sequence ?? null, found)
  );
}

/** The numbers of a segment as a ladder shows them. They go round: after 4294967295 comes 0 (RFC 9293 section 3.4). */
const relative = (tcp: SequenceBase, base: SequenceBase): SequenceBase => ({
  sequence: (tcp.sequence - base.sequence) >>> 0,
  acknowledgment: (tcp.acknowledgment - base.acknowledgment) >>> 0,
});

function isBetween({source, destination}: FrameClaim, summary: Summary, found: Found): boolean {
  const [from, to] = endsOf(summary);
  const isOne = (claim: FrameClaim['source'], end: typeof from) =>
    claim === undefined || isEnd(claim, end === null ? null : toEndpoint(end), found);
  return isOne(source, from) && isOne(destination, to);
}

/** Of ARP: who asks or answers, and of whom is asked or who is told. */
function endsOf(summary: Summary): readonly [string | WireEnd | null, string | WireEnd | null] {
  if (summary.kind === 'arp') return [summary.sender.ip, summary.target.ip];
  return summary.kind === 'other' ? [null, null] : [summary.from, summary.to];
}

const toEndpoint = (end: string | WireEnd): Endpoint =>
  typeof end === 'string' ? {host: end, port: port(0)} : {host: end.host, port: port(end.port)};

function isAfter({afterMs}: FrameClaim, frame: Frame, before: WireFrame | null): boolean {
  if (afterMs === undefined || before === null) return afterMs === undefined;
  const ms = Number(BigInt(frame.time) - BigInt(before.frame.time)) / 1e6;
  return ms >= (afterMs.least ?? 0) && ms < (afterMs.below ?? Number.POSITIVE_INFINITY);
}

function senderOf(summary: Summary, found: Found): 'server' | 'client' | null {
  if (summary.kind !== 'tcp' && summary.kind !== 'udp') return null;
  return summary.from.port === found.serverPort ? 'server' : 'client';
}

const sameFlags = (claimed: readonly string[], seen: readonly string[]): boolean =>
  claimed.length === seen.length && claimed.every(flag => seen.includes(flag));

function frameClaimText(claim: FrameClaim, found: Found): string {
  const {from, flags, protocol, isAgain, during, host, device, ttl, afterMs, isNext, source, destination} = claim;
  const parts = [
    from,
    flags ? flags.join(',') : (protocol ?? 'tcp'),
    countText('len', claim.length, found).trim(),
    countText('win', claim.window, found).trim(),
    countText('seq', claim.sequence, found).trim(),
    countText('ack', claim.acknowledgment, found).trim(),
    countText('seq in header', claim.sequenceInHeader, found).trim(),
    isAgain === undefined ? '' : isAgain ? 'again' : 'new',
    during === undefined ? '' : `during ${during ?? 'no call'}`,
    isNext ? 'next' : '',
    afterMs ? `after ${afterMs.least ?? 0}..${afterMs.below ?? ''} ms` : '',
    host,
    device,
    source && `from ${endText(source)}`,
    destination && `to ${endText(destination)}`,
    ttl === undefined ? '' : `ttl ${ttl}`,
  ];
  return parts.filter(part => part).join(' ');
}

/** Frames that a message has room for. */
const told = 12;

function wireText(seen: readonly WireFrame[], found: Found): string {
  const lines = seen.slice(0, told).map(({frame, summary, base, isAgain, during}) => {
    if (!summary) return '?';
    const sender = senderOf(summary, found) ?? '';
    const what = summary.kind === 'tcp' ? summary.flags.join(',') : summary.kind;
    const length = 'length' in summary ? ` len ${summary.length}` : '';
    const window = summary.kind === 'tcp' ? ` win ${summary.window}` : '';
    const numbers = summary.kind === 'tcp' && base ? numbersText(relative(summary, base)) : '';
    const place = frame.host === 'here' ? '' : ` ${frame.host} ${frame.device} ${frame.direction}`;
    return `${sender} ${what}${numbers}${length}${window}${isAgain ? ' again' : ''}${during ? ` during ${during}` : ''}${place}`;
  });
  return `${lines.join(', ') || '-'}${seen.length > told ? ', …' : ''}`;
}

const numbersText = ({sequence, acknowledgment}: SequenceBase): string => ` seq ${sequence} ack ${acknowledgment}`;
