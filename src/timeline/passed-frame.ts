import type {ActorName, Side} from '../model/actor.ts';
import type {Frame, Probe, SequenceBase, Summary, WireEnd} from '../model/wire.ts';

/** A frame, and what it says to someone who has seen those before it. */
export interface PassedFrame {
  readonly frame: Frame;
  /** Null when not even its first header can be read. */
  readonly summary: Summary | null;
  /** What its sequence numbers are counted from; null where it has none. */
  readonly base: SequenceBase | null;
  /** Microseconds since the first frame. */
  readonly atUs: number;
  /** How often these bytes were sent by now, a SYN or FIN counting as one: 2 is the first retransmission. 0 where there are none. */
  readonly times: number;
  /** What it asks for, where it does nothing else. */
  readonly probe: Probe | null;
  /** Whose socket it comes from; null where that is not known. */
  readonly sender: ActorName | null;
  /** Null where it goes to neither side, or nobody knows to which. */
  readonly goesTo: Side | null;
}

/** Counts by where the stretch of the stream begins, on each device by itself: a router has a frame twice. */
export function timesSent(
  {host, device, direction}: Frame,
  summary: Summary | null,
  sent: Map<string, number>,
): number {
  if (summary?.kind !== 'tcp') return 0;
  const {from, to, sequence, length, flags} = summary;
  if (length === 0 && !flags.includes('SYN') && !flags.includes('FIN')) return 0;
  const key = [host, device, direction, from.host, from.port, to.host, to.port, sequence].join(' ');
  const times = (sent.get(key) ?? 0) + 1;
  sent.set(key, times);
  return times;
}

/** The two ends of what passes. An ICMP error goes back to where the packet came from that it is about. */
export function endsOf(summary: Summary | null): {readonly from: WireEnd; readonly to: WireEnd} | null {
  if (summary?.kind === 'tcp' || summary?.kind === 'udp') return summary;
  const about = summary?.kind === 'icmp' ? endsOf(summary.about ?? null) : null;
  return about && {from: about.to, to: about.from};
}
