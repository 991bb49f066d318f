import type {Evidence} from '../claims/evidence.ts';
import {screenText} from '../messages/screen.ts';
import type {View} from '../timeline/view.ts';
import type {Look} from './text/look.ts';
import {type Line, styled, widthOf} from './text/spans.ts';

/** A view, and what on it shows the answer to the question that was asked. */
export interface PointedView extends View {
  readonly evidence?: Evidence | null;
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
