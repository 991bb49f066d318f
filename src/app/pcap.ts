import {callText, resultText} from '../messages/notation.ts';
import type {LogEvent} from '../model/event.ts';
import {type PcapngFrame, pcapng} from '../wire/pcapng.ts';

type CallEvent = Extract<LogEvent, {kind: 'call-started' | 'call-returned'}>;

/** The frames of a log as a capture file, each with a comment that names the call that it belongs to. */
export function pcapngOf(events: readonly LogEvent[]): Uint8Array {
  const calls = new Map<number, string>();
  const open: Extract<CallEvent, {kind: 'call-started'}>[] = [];
  for (const event of events) {
    if (event.kind === 'call-started') {
      open.push(event);
      calls.set(event.seq, `${event.actor} ${callText(event.call)}`);
    }
    if (event.kind !== 'call-returned') continue;
    const at = open.findIndex(({actor, call}) => actor === event.actor && call.name === event.call.name);
    const [started] = at < 0 ? [] : open.splice(at, 1);
    if (!started) continue;
    calls.set(started.seq, `${event.actor} ${callText(event.call, event.outcome)} ${resultText(event.outcome)}`);
  }
  const frames = events.flatMap((event): PcapngFrame[] => {
    if (event.kind !== 'frame') return [];
    const call = event.call === null ? null : calls.get(event.call);
    return [{...event, ...(call ? {comment: event.isDuring ? call : `after ${call}`} : {})}];
  });
  return pcapng(frames);
}
