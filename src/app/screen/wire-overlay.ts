import {fieldsOf} from '../../draw/wire/frame-view.ts';
import type {ReadFrame} from '../../timeline/read-frames.ts';
import {framesOfStep} from '../../timeline/read-frames.ts';
import type {Intent} from '../keys/intents.ts';
import {framesOf, type LogPage, viewOf} from './log-page.ts';
import type {Overlay} from './state.ts';

/** The ladder of the walk's frames, or one of them. */
export type WireOverlay = Extract<Overlay, {kind: 'ladder' | 'frame'}>;

export const isOnWire = (overlay: Overlay): overlay is WireOverlay =>
  overlay.kind === 'ladder' || overlay.kind === 'frame';

/** The ladder as it opens: at the first frame of the step that is shown, or at the newest of all. */
export function freshLadder(page: LogPage): WireOverlay {
  const frames = framesOf(page);
  const [first] = framesOfStep(frames, viewOf(page));
  return {
    kind: 'ladder',
    selected: first ? frames.indexOf(first) : Math.max(0, frames.length - 1),
    numbers: 'relative',
  };
}

/** What is open after a key; null once it is closed. */
export function wireOverlayAfter(intent: Intent, overlay: WireOverlay, page: LogPage): WireOverlay | null {
  const frames = framesOf(page);
  return overlay.kind === 'ladder' ? ladderAfter(intent, overlay, frames) : frameAfter(intent, overlay, frames);
}

type Ladder = Extract<WireOverlay, {kind: 'ladder'}>;
type OneFrame = Extract<WireOverlay, {kind: 'frame'}>;

/** How far PgUp and PgDn go. */
const stride = 10;

function ladderAfter(intent: Intent, ladder: Ladder, frames: readonly ReadFrame[]): WireOverlay | null {
  const {selected, numbers} = ladder;
  const to = (i: number): Ladder => ({...ladder, selected: within(i, frames.length)});
  switch (intent.kind) {
    case 'close':
      return null;
    case 'up':
      return to(selected - 1);
    case 'down':
      return to(selected + 1);
    case 'back':
      return to(selected - stride);
    case 'next':
      return to(selected + stride);
    case 'to-start':
      return to(0);
    case 'to-end':
      return to(frames.length - 1);
    case 'numbers':
      return {...ladder, numbers: numbers === 'relative' ? 'absolute' : 'relative'};
    case 'open':
      return frames.length > 0 ? {...to(selected), kind: 'frame', field: 0} : ladder;
    default:
      return ladder;
  }
}

function frameAfter(intent: Intent, open: OneFrame, frames: readonly ReadFrame[]): WireOverlay {
  const read = frames[open.selected];
  const fields = read ? fieldsOf(read) : [];
  const to = (i: number): OneFrame => ({...open, field: within(i, fields.length)});
  switch (intent.kind) {
    case 'close':
      return {kind: 'ladder', selected: open.selected, numbers: open.numbers};
    case 'up':
      return to(open.field - 1);
    case 'down':
      return to(open.field + 1);
    case 'to-start':
      return to(0);
    case 'to-end':
      return to(fields.length - 1);
    case 'back':
      return onFrame(open, within(open.selected - 1, frames.length), frames);
    case 'next':
      return onFrame(open, within(open.selected + 1, frames.length), frames);
    default:
      return open;
  }
}

/** Another frame, at the same field where it has that too. */
function onFrame(open: OneFrame, selected: number, frames: readonly ReadFrame[]): OneFrame {
  const [before, after] = [frames[open.selected], frames[selected]];
  const name = before && fieldsOf(before)[open.field]?.field.name;
  const fields = after ? fieldsOf(after) : [];
  const same = fields.findIndex(({field}) => field.name === name);
  return {...open, selected, field: same >= 0 ? same : within(open.field, fields.length)};
}

const within = (i: number, count: number): number => Math.max(0, Math.min(count - 1, i));
