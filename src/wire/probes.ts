import type {Frame, Probe, Summary, WireEnd} from '../model/wire.ts';

interface Direction {
  /** The sequence number after the last that was seen sent. */
  next: number;
  /** As the newest segment has it. */
  window: number;
}

/** Connections that are remembered; a flood of them must not fill the memory. */
const directionsKept = 4096;

/**
 * Names, frame after frame in the order of the wire, what only asks the peer for an ACK: a segment without data whose number
 * is one below the next to be sent (RFC 9293 section 3.8.4, RFC 1122 section 4.2.3.6). Linux asks in the same way whether a
 * window is still closed (tcp_xmit_probe_skb in net/ipv4/tcp_output.c). Null for all else, and where nothing was seen before.
 */
export function followProbes(): (
  place: Pick<Frame, 'host' | 'device' | 'direction'>,
  summary: Summary | null,
) => Probe | null {
  const seen = new Map<string, Direction>();
  return ({host, device, direction}, summary) => {
    if (summary?.kind !== 'tcp') return null;
    // Each device by itself: a router has a frame twice, and an older one may come to the second after a newer one to the first.
    const name = (from: WireEnd, to: WireEnd, way: string) =>
      [host, device, way, from.host, from.port, to.host, to.port].join(' ');
    const {from, to, flags, sequence, length, window} = summary;
    const key = name(from, to, direction);
    const before = seen.get(key);
    const back = device === 'lo' ? direction : direction === 'in' ? 'out' : 'in';
    const isSyn = flags.includes('SYN');
    const end = (sequence + length + Number(isSyn) + Number(flags.includes('FIN'))) >>> 0;
    const isBare = length === 0 && `${flags}` === 'ACK';
    const isProbe = isBare && before !== undefined && (before.next - sequence) >>> 0 === 1;
    const isNewer = before === undefined || isSyn || (end - before.next) >> 0 > 0;
    seen.delete(key);
    seen.set(key, {next: isNewer ? end : before.next, window});
    const [oldest] = seen.keys();
    if (seen.size > directionsKept && oldest !== undefined) seen.delete(oldest);
    if (!isProbe) return null;
    return seen.get(name(to, from, back))?.window === 0 ? 'window' : 'keepalive';
  };
}
