import type {SequenceBase, Summary, WireEnd} from '../model/wire.ts';

/** What the numbers of each frame are counted from, the frames being in the order of the wire; null for what is not TCP. */
export const sequenceBases = (summaries: readonly (Summary | null)[]): readonly (SequenceBase | null)[] =>
  summaries.map(followSequences());

/**
 * The same, one frame after another. Each direction of a connection counts from the number of its SYN (ISN, RFC 9293 section
 * 3.4), or, where that was not seen, from the first number that was. A SYN with another number on the same two ends is
 * a new connection: both directions begin again.
 */
export function followSequences(): (summary: Summary | null) => SequenceBase | null {
  const first = new Map<string, number>();
  return summary => {
    if (summary?.kind !== 'tcp') return null;
    const {from, to, flags, sequence, acknowledgment} = summary;
    const [there, back] = [direction(from, to), direction(to, from)];
    if (flags.includes('SYN') && first.get(there) !== sequence) {
      // The other direction's number is of the connection before; one that came first in this connection stays.
      if (first.has(there) && !flags.includes('ACK')) first.delete(back);
      first.set(there, sequence);
    }
    if (!first.has(there)) first.set(there, sequence);
    if (flags.includes('ACK') && !first.has(back)) first.set(back, acknowledgment);
    return {sequence: first.get(there) ?? 0, acknowledgment: first.get(back) ?? 0};
  };
}

const direction = (from: WireEnd, to: WireEnd): string => `${from.host} ${from.port} > ${to.host} ${to.port}`;
