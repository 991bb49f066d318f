import type {Claim, Lesson, SaysClaim, Step, TracedClaim} from '../model/lesson.ts';
import {fromBase64} from '../model/payload.ts';
import type {FileRow, SocketRow} from '../model/sockets.ts';
import type {CallLine, Heard, View} from '../timeline/view.ts';
import {NamedRows} from './named-rows.ts';

/** What on the screen shows that a claim holds, numbered from 1: calls first, then what programs said and did, then the kernel's rows. */
export interface Evidence {
  /** Null for what shows nothing of the kind. */
  numberOf(shown: CallLine | Heard | SocketRow | FileRow): number | null;
  /** The number of the frames that it speaks of; null where it speaks of none, or none are captured. */
  readonly frames: number | null;
  /** How many numbers there are. */
  readonly count: number;
}

/** What fulfilled the answer to a step's question; null where it asks nothing, or no choice was fulfilled. */
export function evidenceOf(view: View, lesson: Pick<Lesson, 'steps'>, step: Step | null): Evidence | null {
  const [fulfilled] = (step && view.judgements[step.id]?.fulfilled) ?? [];
  const claim = fulfilled === undefined ? undefined : step?.predict?.choices[fulfilled]?.claim;
  if (!step || !claim) return null;
  const names = new NamedRows(view, lesson);
  const groups: readonly (readonly object[])[] = [
    callsOf(claim, step, view),
    heardOf(claim, step, view),
    ...(claim.sockets ?? []).map(names.shownBy),
  ];
  const numbers = numbered(groups);
  const hasFrames = claim.wire !== undefined && view.wire !== null;
  const last = Math.max(0, ...numbers.values());
  return {
    numberOf: shown => numbers.get(shown) ?? null,
    frames: hasFrames ? last + 1 : null,
    count: last + (hasFrames ? 1 : 0),
  };
}

/** One number a group; what stands in two has the first one's. */
function numbered(groups: readonly (readonly object[])[]): ReadonlyMap<object, number> {
  const numbers = new Map<object, number>();
  let last = 0;
  for (const group of groups) {
    const fresh = group.filter(one => !numbers.has(one));
    if (fresh.length > 0) last += 1;
    for (const one of fresh) numbers.set(one, last);
  }
  return numbers;
}

function callsOf({outcome, completes, takes, texts}: Claim, {id}: Step, {calls}: View): readonly CallLine[] {
  const lastOf = (step: string, name?: string) =>
    calls.findLast(line => line.step === step && (name === undefined || line.call.name === name));
  const found = [
    outcome && lastOf(id),
    completes && lastOf(completes.step, completes.call),
    takes && calls.findLast(({step, actor, call}) => step === id && actor === takes.actor && call.name === takes.call),
    ...(texts ?? []).flatMap(({of}) => of.map(step => lastOf(step))),
  ];
  return found.filter(line => line !== undefined);
}

/** What Node processes wrote and did since the step began. */
function heardOf({says = [], traced = []}: Claim, {id}: Step, {calls, heard}: View): readonly Heard[] {
  const before = calls.findLast(({step}) => step !== id)?.seq ?? -1;
  const own = heard.filter(one => one.step === id && one.seq > before);
  return own.filter(one => says.some(claim => isSaid(one, claim)) || traced.some(claim => isTraced(one, claim)));
}

const isSaid = (one: Heard, {actor, text, never}: SaysClaim): boolean =>
  one.kind === 'said' &&
  one.actor === actor &&
  never !== true &&
  text.split('\n').some(line => line !== '' && Buffer.from(fromBase64(one.data)).toString().includes(line));

const isTraced = (one: Heard, {actor, calls}: TracedClaim): boolean =>
  one.kind === 'traced' && one.actor === actor && calls.some(({name}) => name === one.name);
