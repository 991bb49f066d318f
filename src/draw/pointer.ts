import type {Evidence} from '../claims/evidence.ts';
import {screenText} from '../messages/screen.ts';
import type {FileRow, SocketRow} from '../model/sockets.ts';
import type {Change, Changes} from '../timeline/changes.ts';
import type {View} from '../timeline/view.ts';
import type {Look} from './text/look.ts';
import {type Line, styled, widthOf} from './text/spans.ts';

/** A view, what on it shows the answer to the question that was asked, and which of the kernel's rows are not as they were. */
export interface PointedView extends View {
  readonly evidence?: Evidence | null;
  readonly changes?: Changes;
}

type Shown = Parameters<Evidence['numberOf']>[0];

/**
 * ` ◀ evidence 1` behind what shows the answer, in `room` cells also ` ◀1`; nothing behind anything else. Where nothing else shows
 * it, it has no number: the choices have theirs.
 */
export function pointerTo(shown: Shown, {evidence}: PointedView, look: Look, room = Number.POSITIVE_INFINITY): Line {
  const n = evidence?.numberOf(shown) ?? null;
  return !evidence || n === null ? [] : pointerOf(n, evidence, look, room);
}

export function pointerOf(
  n: number,
  {count}: Pick<Evidence, 'count'>,
  look: Look,
  room = Number.POSITIVE_INFINITY,
): Line {
  const {here} = look.glyphs;
  const number = count > 1 ? n : '';
  const full: Line = [styled(` ${here} ${look.say(screenText.evidence, {n: number}).trimEnd()}`, {bold: true})];
  return widthOf(full) <= room ? full : [styled(` ${here}${number}`, {bold: true})];
}

/**
 * ` ◀ changed` behind a row of the kernel's in which `parts` changed, and in fewer cells ` ◀`; nothing where that is pointed at as
 * evidence, or is as it was.
 */
export function changeMarks(
  row: SocketRow | FileRow,
  {evidence, changes}: PointedView,
  look: Look,
  parts: readonly Change[],
): readonly Line[] {
  const change = changes?.get(row);
  if (!change || !parts.includes(change) || (evidence?.numberOf(row) ?? null) !== null) return [];
  const {here} = look.glyphs;
  const word = look.say(change === 'new' ? screenText.isNew : screenText.changed);
  return [` ${here} ${word}`, ` ${here}`].map((text): Line => [styled(text, {bold: true})]);
}

/** What points at a row in the line of its queues, in many cells and in few: as evidence, else as a change in one of `parts`. */
export function pointersTo(
  row: SocketRow | FileRow,
  parts: readonly Change[],
  view: PointedView,
  look: Look,
): readonly Line[] {
  const isEvidence = (view.evidence?.numberOf(row) ?? null) !== null;
  return isEvidence ? [pointerTo(row, view, look), pointerTo(row, view, look, 0)] : changeMarks(row, view, look, parts);
}
