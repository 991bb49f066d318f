import {segmentText} from '../../messages/segment.ts';
import type {LogEvent} from '../../model/event.ts';
import {fromBase64} from '../../model/payload.ts';
import type {Language} from '../../model/text.ts';
import type {Summary, WireEnd} from '../../model/wire.ts';
import {followProbes} from '../../wire/probes.ts';
import {followSequences} from '../../wire/relative.ts';
import {summaryOf} from '../../wire/summary.ts';

type FrameEvent = Extract<LogEvent, {kind: 'frame'}>;

/** Frames as lines of text, one after another: `0.014 ms  :37660 > :8080  SYN seq 0 win 65495 mss 65495`. */
export class WireLines {
  readonly #follow = followSequences();
  readonly #probeOf = followProbes();
  #first: bigint | null = null;

  line(frame: FrameEvent, language: Language): string {
    const time = BigInt(frame.time);
    this.#first ??= time;
    const ms = (Number(time - this.#first) / 1e6).toFixed(3);
    const summary = summaryOf(fromBase64(frame.data), frame.length);
    const base = this.#follow(summary);
    const probe = this.#probeOf(frame, summary);
    const where = frame.host === 'here' ? '' : `${frame.device} ${frame.direction}  `;
    return `${ms.padStart(9)} ms  ${where}${summary ? `${endsOf(summary)}${segmentText(summary, base, language, probe)}` : '?'}${hopsOf(frame, summary)}`;
  }
}

/** Where machines hand packets on, how often that may yet be done with this one. */
const hopsOf = ({host}: FrameEvent, summary: Summary | null): string =>
  host !== 'here' && summary && 'ttl' in summary ? ` ttl ${summary.ttl}` : '';

/** Only the ports where both are on one machine. */
function endsOf(summary: Summary): string {
  if (summary.kind === 'icmp') return `${summary.from} > ${summary.to}  `;
  if (summary.kind !== 'tcp' && summary.kind !== 'udp') return '';
  const {from, to} = summary;
  const end = ({host, port}: WireEnd): string => (from.host === to.host ? `:${port}` : hostAndPort(host, port));
  return `${end(from)} > ${end(to)}  `;
}

const hostAndPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
