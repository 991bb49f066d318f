import {type ActorName, type Side, sideOf} from '../model/actor.ts';
import type {CallName} from '../model/call.ts';
import type {LogEvent} from '../model/event.ts';
import {fromBase64} from '../model/payload.ts';
import type {Summary, WireEnd} from '../model/wire.ts';
import {followProbes} from '../wire/probes.ts';
import {followSequences} from '../wire/relative.ts';
import {summaryOf} from '../wire/summary.ts';
import {KnownEnds} from './known-ends.ts';
import type {Log} from './log.ts';
import {endsOf, type PassedFrame, timesSent} from './passed-frame.ts';
import type {SeenFrame, View} from './view.ts';

/** A frame of a log. */
export interface ReadFrame extends PassedFrame {
  readonly frame: SeenFrame;
  /** The call that it belongs to; null before the first. */
  readonly call: {readonly actor: ActorName; readonly name: CallName} | null;
}

const readers = new WeakMap<Log, FrameReader>();

/** All frames of the lesson that the first `upTo` events end in, oldest first. Each frame of a log is read once. */
export function readFrames(log: Log, upTo: number): readonly ReadFrame[] {
  const reader = readers.get(log) ?? new FrameReader();
  readers.set(log, reader);
  return reader.frames(log.events, upTo);
}

/** Those that belong to the step whose call is the newest, each where it was sent: once, wherever else it was captured on its way. */
export const framesOfStep = (frames: readonly ReadFrame[], view: View): readonly ReadFrame[] =>
  allOfStep(frames, view).filter(isSent);

/** The same, each wherever it was captured. */
export function allOfStep(frames: readonly ReadFrame[], {calls}: View): readonly ReadFrame[] {
  const step = calls.at(-1)?.step;
  const before = calls.findLastIndex(call => call.step !== step);
  const first = calls[before + 1]?.seq ?? Number.POSITIVE_INFINITY;
  const start = frames.findLastIndex(({frame}) => frame.call === null || frame.call < first) + 1;
  return frames.slice(start);
}

/** Linux sends with this TTL (man 7 ip, ip_default_ttl); a router takes one away from what it passes on. */
const usualTtl = 64;

/** Where it was sent, and not once more on its way. On `lo` frames are captured as they come in. */
export function isSent({frame, summary}: ReadFrame): boolean {
  if (frame.device === 'lo') return true;
  const isPassedOn = frame.host === 'router' && summary !== null && 'ttl' in summary && summary.ttl < usualTtl;
  return frame.direction === 'out' && !isPassedOn;
}

/** What was read of one lesson. */
interface Chapter {
  readonly lesson: string | null;
  /** The `seq` of its first event. */
  readonly from: number;
  readonly frames: ReadFrame[];
  readonly ends: KnownEnds;
  readonly calls: Map<number, NonNullable<ReadFrame['call']> & {readonly to: WireEnd | null}>;
  readonly sent: Map<string, number>;
  readonly follow: ReturnType<typeof followSequences>;
  readonly probeOf: ReturnType<typeof followProbes>;
  startNs: bigint | null;
}

const newChapter = (lesson: string | null, from: number): Chapter => ({
  lesson,
  from,
  frames: [],
  ends: new KnownEnds(),
  calls: new Map(),
  sent: new Map(),
  follow: followSequences(),
  probeOf: followProbes(),
  startNs: null,
});

/** Reads the events of one log in order, and keeps what it read. */
class FrameReader {
  readonly #chapters: Chapter[] = [newChapter(null, 0)];
  #read = 0;
  #shown: {readonly of: readonly ReadFrame[]; readonly frames: readonly ReadFrame[]} = {of: [], frames: []};

  frames(events: readonly LogEvent[], upTo: number): readonly ReadFrame[] {
    for (; this.#read < Math.min(upTo, events.length); this.#read++) {
      const event = events[this.#read];
      if (event) this.#take(event);
    }
    const frames = this.#chapters.findLast(({from}) => from < upTo)?.frames ?? [];
    const count = countBefore(frames, upTo);
    // Asked for several times for each drawing.
    if (this.#shown.of !== frames || this.#shown.frames.length !== count)
      this.#shown = {of: frames, frames: frames.slice(0, count)};
    return this.#shown.frames;
  }

  #take(event: LogEvent): void {
    let chapter = this.#chapters.at(-1);
    if (!chapter || ('lesson' in event && event.lesson !== chapter.lesson)) {
      chapter = newChapter('lesson' in event ? event.lesson : null, event.seq);
      this.#chapters.push(chapter);
    }
    if (event.kind === 'call-started') {
      const {actor, call} = event;
      const to = 'address' in call && 'port' in call.address ? call.address : null;
      chapter.calls.set(event.seq, {actor, name: call.name, to});
    }
    if (event.kind === 'kernel-read') chapter.ends.see(event.sockets);
    if (event.kind === 'frame') chapter.frames.push(readFrame(event, chapter));
  }
}

/** How many of them came before this event; they are in order. */
function countBefore(frames: readonly ReadFrame[], upTo: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((frames[middle]?.frame.seq ?? upTo) < upTo) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readFrame(frame: SeenFrame, chapter: Chapter): ReadFrame {
  const summary = summaryOf(fromBase64(frame.data), frame.length);
  const time = BigInt(frame.time);
  chapter.startNs ??= time;
  const call = frame.call === null ? null : (chapter.calls.get(frame.call) ?? null);
  return {
    frame,
    summary,
    base: chapter.follow(summary),
    atUs: Number((time - chapter.startNs) / 1000n),
    times: timesSent(frame, summary, chapter.sent),
    probe: chapter.probeOf(frame, summary),
    ...wayOf(summary, chapter.ends, call),
    call: call && {actor: call.actor, name: call.name},
  };
}

type Caller = {readonly actor: ActorName; readonly to: WireEnd | null} | null;

/** Who sends, and to which side: by the sockets that have these ends, else by the address that the call names. */
function wayOf(summary: Summary | null, ends: KnownEnds, call: Caller): Pick<ReadFrame, 'sender' | 'goesTo'> {
  const between = endsOf(summary);
  if (!between) return {sender: null, goesTo: null};
  const {from, to} = between;
  const [sender, receiver] = [ends.actorAt(from), ends.actorAt(to)];
  // A process that talks to itself sends nothing to the other side.
  if (sender && sender === receiver) return {sender, goesTo: null};
  if (sender) return {sender, goesTo: opposite(sideOf(sender))};
  if (receiver) return {sender: onSide(call, opposite(sideOf(receiver))), goesTo: sideOf(receiver)};
  if (call?.to && isSame(call.to, to)) return {sender: call.actor, goesTo: opposite(sideOf(call.actor))};
  if (call?.to && isSame(call.to, from)) return {sender: null, goesTo: sideOf(call.actor)};
  // A server has the smaller number: ephemeral ports are above those that programs ask for.
  return {sender: null, goesTo: from.port < to.port ? 'client' : 'server'};
}

const opposite = (side: Side): Side => (side === 'server' ? 'client' : 'server');

const onSide = (call: Caller, side: Side): ActorName | null =>
  call && sideOf(call.actor) === side ? call.actor : null;

const isSame = (a: WireEnd, b: WireEnd): boolean => a.host === b.host && a.port === b.port;
