import type {LogEvent} from '../src/model/event.ts';
import {toBase64} from '../src/model/payload.ts';
import {logOf} from '../src/timeline/log.ts';
import {type ReadFrame, readFrames} from '../src/timeline/read-frames.ts';
import type {SeenFrame} from '../src/timeline/view.ts';
import {lessonNamed, walked} from './walked.ts';

/** Why there are no frames here; null where there are. */
export const whyNoFrames = (events: readonly LogEvent[]): string | null =>
  events.some(({kind}) => kind === 'frame') ? null : 'no frame could be captured here: no private network';

/** A lesson played on the real kernel, its log, and where each of its steps ends. */
export async function captured(id: string) {
  const lesson = lessonNamed(id);
  const events = await walked(lesson, undefined, lesson.network === 'host' ? 'private' : undefined);
  const endOf = (step: string): number => (events.findLast(e => e.kind === 'judged' && e.step === step)?.seq ?? -1) + 1;
  return {lesson, events, log: logOf(events), endOf};
}

/** Frames of these bytes, one a millisecond, as an event and as they are read. */
export const framesOf = (
  frames: readonly Uint8Array[],
  where: readonly Partial<Pick<SeenFrame, 'host' | 'device' | 'direction' | 'call'>>[] = [],
): readonly ReadFrame[] => {
  const events = frames.map((bytes, seq) => ({...eventOf(bytes, seq), ...where[seq]}));
  return readFrames(logOf(events), events.length);
};

const eventOf = (bytes: Uint8Array, seq: number): SeenFrame => ({
  ...{kind: 'frame', seq, at: seq / 1000, lesson: 'made-up', step: 'one', call: null, isDuring: false},
  ...{host: 'here', device: 'lo', direction: 'in', time: `${1_700_000_000_000_000_000n + BigInt(seq) * 1_000_000n}`},
  ...{length: bytes.length, data: toBase64(bytes)},
});
