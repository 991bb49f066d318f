import {fromBase64} from '../model/payload.ts';
import {dissect} from '../wire/dissect.ts';
import {numberIn} from '../wire/values.ts';
import type {ReadFrame} from './read-frames.ts';

/** A packet at a router: on the home's side and outside. Null where it was not seen: it was for the router, from it, or dropped by it. */
export interface Crossing {
  readonly lan: ReadFrame | null;
  readonly wan: ReadFrame | null;
  /** From the home's side to the outside, or the other way. */
  readonly goesOut: boolean;
}

/**
 * The packets among these frames of a router, in the order in which they came. What came in by one device and went out by the
 * other is one: a router leaves alone the identification of IP (RFC 791 section 3.1) and the numbers of TCP, NAT too.
 */
export function crossingsOf(frames: readonly ReadFrame[]): readonly Crossing[] {
  const crossings: (Crossing & {readonly key: string})[] = [];
  for (const read of frames) {
    const key = keyOf(read);
    if (key === null) continue;
    const {device, direction} = read.frame;
    const isLan = device === 'lan';
    const goesOut = isLan === (direction === 'in');
    const half = crossings.findIndex(
      one => one.key === key && one.goesOut === goesOut && (isLan ? one.lan : one.wan) === null,
    );
    const before = crossings[half];
    if (before) crossings[half] = {...before, [isLan ? 'lan' : 'wan']: read};
    else crossings.push({lan: isLan ? read : null, wan: isLan ? null : read, goesOut, key});
  }
  return crossings;
}

/** What a packet keeps on its way; null of what does not pass a router. */
function keyOf({frame, summary}: ReadFrame): string | null {
  if (summary?.kind !== 'tcp' && summary?.kind !== 'udp' && summary?.kind !== 'icmp') return null;
  const ip = dissect(fromBase64(frame.data), frame.length).parts.find(({protocol}) => protocol === 'ipv4');
  const own =
    summary.kind === 'tcp'
      ? [summary.sequence, summary.acknowledgment, summary.flags.join(), summary.length]
      : summary.kind === 'udp'
        ? [summary.length]
        : [summary.type, summary.code];
  return [summary.kind, numberIn(ip?.fields ?? [], 'ip-identification'), ...own].join(' ');
}
