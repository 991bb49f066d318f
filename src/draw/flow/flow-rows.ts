import {isNoise} from '../../messages/said.ts';
import type {ActorName} from '../../model/actor.ts';
import {type Act, actsOf} from '../../model/lesson.ts';
import {isSent, type ReadFrame} from '../../timeline/read-frames.ts';
import type {CallLine, Heard, View} from '../../timeline/view.ts';
import type {FlowData} from './flow-data.ts';

/** What stands in an actor's column. */
export type FlowCell =
  /** A call: all of it, or where others were made before it returned, its beginning and its end. */
  | {
      readonly kind: 'made';
      readonly actor: ActorName;
      readonly line: CallLine;
      readonly part: 'whole' | 'begin' | 'end';
    }
  /** What a Node process did, or wrote. */
  | {readonly kind: 'heard'; readonly actor: ActorName; readonly heard: Heard}
  | {readonly kind: 'next' | 'coming'; readonly actor: ActorName; readonly act: Act};

/** One row of the flow: time goes downwards. */
export interface FlowRow {
  readonly cell: FlowCell | null;
  /** What passed then, and how many frames more that have no row. */
  readonly frame: ReadFrame | null;
  readonly omitted: number;
  /** Whose calls had begun and not returned. */
  readonly asleep: readonly ActorName[];
}

type Happened = CallLine | Heard;
const isCall = (one: Happened): one is CallLine => !('kind' in one);

/** A call that took longer than this was asleep: its column has a bar, whatever happened meanwhile. Microseconds. */
export const longFrom = 100_000;

export interface Wanted {
  readonly actors: readonly ActorName[];
  /** At most so many calls, the newest. */
  readonly calls: number;
  /** At most so many rows for the frames of one call, at least 1. */
  readonly frames: number;
}

/** What has happened in these columns, oldest first, each call with the frames that passed before the one after it. */
export function pastRows({view, frames}: Pick<FlowData, 'view' | 'frames'>, wanted: Wanted): FlowRow[] {
  const all = happened(view, wanted.actors);
  const shown = all.slice(-wanted.calls);
  const first = shown[0]?.seq ?? Number.POSITIVE_INFINITY;
  const byCall = framesFrom(frames, first);
  let open = all.filter(isCall).filter(line => line.seq < first && endOf(line) > first);
  return shown.flatMap((one, i) => {
    const until = shown[i + 1]?.seq ?? Number.POSITIVE_INFINITY;
    const rows = rowsOf(one, until, byCall.get(one.seq) ?? [], open, wanted.frames);
    const begun = isCall(one) && endOf(one) >= until ? [...open, one] : open;
    const ended = begun.filter(line => endOf(line) < until).sort((a, b) => endOf(a) - endOf(b));
    open = begun.filter(line => endOf(line) >= until);
    return [...rows, ...ended.map((line, n) => endRow(line, [...open, ...ended.slice(n + 1)]))];
  });
}

const endOf = (line: CallLine): number => line.ended ?? Number.POSITIVE_INFINITY;

/** Calls, and what Node processes did between them. */
function happened(view: View, actors: readonly ActorName[]): readonly Happened[] {
  const heard = view.heard.filter(one => one.kind === 'traced' || !isNoise(one));
  const all = heard.length === 0 ? view.calls : [...view.calls, ...heard].sort((a, b) => a.seq - b.seq);
  return all.filter(({actor}) => actors.includes(actor));
}

/** Those that go to a side, by the call that they belong to. */
function framesFrom(frames: readonly ReadFrame[], first: number): Map<number, ReadFrame[]> {
  const byCall = new Map<number, ReadFrame[]>();
  for (let i = frames.length - 1; i >= 0; i--) {
    const read = frames[i];
    const call = read?.frame.call ?? null;
    if (!read || call === null || call < first) break;
    if (read.goesTo === null || !isSent(read)) continue;
    const list = byCall.get(call) ?? [];
    list.push(read);
    byCall.set(call, list);
  }
  for (const list of byCall.values()) list.reverse();
  return byCall;
}

function rowsOf(one: Happened, until: number, frames: readonly ReadFrame[], open: readonly CallLine[], most: number) {
  const asleep = open.map(({actor}) => actor);
  const isSplit = isCall(one) && endOf(one) >= until;
  const isSlow = isCall(one) && (isSplit || (one.elapsedUs ?? longFrom) >= longFrom);
  const rest = isSlow ? [...asleep, one.actor] : asleep;
  const shown = frames.length <= most ? frames : frames.slice(0, Math.max(1, most - 1));
  const omitted = frames.length - shown.length;
  const isFolded = omitted > 0 && most > 1;
  const head: FlowRow = {
    cell: cellOf(one, isSplit ? 'begin' : 'whole'),
    frame: shown[0] ?? null,
    omitted: isFolded ? 0 : omitted,
    asleep,
  };
  const others = shown.slice(1).map((frame): FlowRow => ({cell: null, frame, omitted: 0, asleep: rest}));
  const fold: FlowRow[] = isFolded ? [{cell: null, frame: null, omitted, asleep: rest}] : [];
  return [head, ...others, ...fold];
}

const cellOf = (one: Happened, part: 'whole' | 'begin'): FlowCell =>
  isCall(one) ? {kind: 'made', actor: one.actor, line: one, part} : {kind: 'heard', actor: one.actor, heard: one};

const endRow = (line: CallLine, open: readonly CallLine[]): FlowRow => ({
  cell: {kind: 'made', actor: line.actor, line, part: 'end'},
  frame: null,
  omitted: 0,
  asleep: open.map(({actor}) => actor),
});

/** The next call and those to come, up to where the learner is to say their order. In free play and in recordings there are none. */
export function comingRows(data: FlowData, actors: readonly ActorName[]): FlowRow[] {
  const {view, isMaking} = data;
  const waiting = view.lanes.filter(lane => lane.waiting).map(({actor}) => actor);
  return actsAhead(data)
    .filter(({actor}) => actors.includes(actor))
    .map((act, i): FlowRow => {
      const cell: FlowCell = {kind: i === 0 && !isMaking ? 'next' : 'coming', actor: act.actor, act};
      return {cell, frame: null, omitted: 0, asleep: i === 0 ? waiting : []};
    });
}

function actsAhead({view, lesson, following, isRecorded}: FlowData): readonly Act[] {
  const at = following && !isRecorded ? lesson.steps.findIndex(({id}) => id === following.step.id) : -1;
  if (at < 0) return [];
  const ahead = lesson.steps.slice(at);
  const end = ahead.findIndex(({arrange}) => arrange);
  const acts = ahead.slice(0, end < 0 ? ahead.length : end).flatMap(actsOf);
  // Of a step that is being made, some calls were made already.
  return acts.slice(view.calls.length - 1 - view.calls.findLastIndex(({step}) => step !== following?.step.id));
}

/** The call whose result the learner is asked for: of a step of several the last. */
export const askedCall = ({following}: Pick<FlowData, 'following'>): Act['call'] | null =>
  (following?.isAsked && actsOf(following.step).at(-1)?.call) || null;
