import {framesOfStep} from '../../timeline/read-frames.ts';
import type {Lane} from '../../timeline/view.ts';
import type {HeaderData} from '../text/header.ts';
import {isWideAt, textRoom} from '../text/layout.ts';
import type {Look} from '../text/look.ts';
import {noticeLines} from '../text/notice.ts';
import type {Line} from '../text/spans.ts';
import type {Flight} from '../wire/flight.ts';
import {isCursor} from './arranging-text.ts';
import {placedWish} from './host-lanes.ts';
import type {PanelData} from './panel.ts';
import {evidenceShown, headingOf, isAsking} from './question-place.ts';
import {rowShares, type Screen} from './row-shares.ts';
import {stepTextLines} from './step-text.ts';
import type {TextData} from './text-data.ts';
import {highAs, type Region, upperPart} from './upper-part.ts';
import {wordsBeside, wordsWidth} from './words-beside.ts';

/** What the screen of a lesson is drawn from. */
export interface WalkData extends Pick<PanelData, 'next' | 'pane' | 'now' | 'frames'> {
  readonly header: HeaderData;
  readonly text: TextData;
  /** What the learner typed, or would send without. */
  readonly message: string;
  readonly lane: Lane['actor'] | null;
  readonly scroll: number;
  /** All frames by now are in `frames`; these fly. */
  readonly flight: Flight | null;
  /** One line above the text. */
  readonly notice: string | null;
  /** Rows that stand below the words, such as a line of typing. */
  readonly belowRows: number;
}

/**
 * All rows of a lesson's screen but what stands below the words, and the keys: lanes above, calls and panes in the middle, the words of
 * the step last. They fill the rows that there are for them where nothing stands below.
 */
export function walkPicture(data: WalkData, look: Look, screen: Screen): readonly Region[] {
  const {columns, rows} = screen;
  const {text, belowRows, frames, flight, now, lane} = data;
  const panel = panelOf(data, look);
  const lanes = placedWish(text.view, look, columns, lane);
  // Blank rows among the words give way to the lanes.
  const words = wordLines(data, look, columns, textRoom(rows, {lanes}));
  const layout = rowShares(panel, {lanes, text: words.length + belowRows}, look, screen);
  const room = layout.text - belowRows;
  const scroll = Math.max(0, Math.min(Math.max(data.scroll, focusOf(words) - room + 1), words.length - room));
  const seen = words.slice(scroll);
  // A row above the keys stays empty where there is room for that.
  const height = Math.max(Math.min(seen.length, room), room - 1);
  const beside = wordsBeside(seen, panel, look, {columns, isWide: layout.isWide, height});
  const moment = {view: panel.view, frames, passing: {frames: framesOfStep(frames, text.view), flight}, now};
  const isMore = words.length - scroll > room;
  return [
    ...upperPart({header: data.header, panel, moment, lane, isMore}, look, columns, layout),
    {name: 'words', lines: highAs(belowRows > 0 ? Math.min(room, words.length + 1) : room, beside)},
  ];
}

/** A notice, and the words of the step. */
function wordLines({text, pane, notice}: WalkData, look: Look, columns: number, most: number): Line[] {
  const width = wordsWidth({pane, columns, isWide: isWideAt(columns)});
  const said = noticeLines(notice, look, width);
  return [...said, ...stepTextLines(text, look, width, most - said.length)];
}

/** The line with the cursor, which must be seen; 0 where there is none. */
const focusOf = (words: readonly Line[]): number =>
  Math.max(
    0,
    words.findIndex(([first]) => first !== undefined && isCursor(first)),
  );

const panelOf = ({header, text, next, pane, frames, message, now, flight}: WalkData, look: Look): PanelData => ({
  view: {...text.view, evidence: evidenceShown(text)},
  heading: headingOf(text, look),
  lesson: text.lesson,
  step: text.shown ?? (text.following?.arrange ? null : text.following),
  port: text.port,
  frames,
  isRecorded: header.mode === 'recorded',
  pane,
  next,
  following: text.following && !text.ended ? {step: text.following, message, isAsked: isAsking(text)} : null,
  isMaking: text.isBusy,
  now,
  flight,
});
