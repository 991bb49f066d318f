import {Box, Spacer} from 'ink';
import type {ReactNode} from 'react';
import {mapLines} from '../src/draw/flow/flow-map.ts';
import {isCursor} from '../src/draw/lesson/arranging-text.ts';
import type {NextCall} from '../src/draw/lesson/calls.ts';
import {placedLanes, placedWish} from '../src/draw/lesson/host-lanes.ts';
import {leastRowsOf, type PanelData, panelLines, ruleLine} from '../src/draw/lesson/panel.ts';
import {evidenceShown, headingOf, isAsking} from '../src/draw/lesson/question-place.ts';
import {stepTextLines} from '../src/draw/lesson/step-text.ts';
import type {TextData} from '../src/draw/lesson/text-data.ts';
import {wordsBeside, wordsWidth} from '../src/draw/lesson/words-beside.ts';
import {type HeaderData, headerLine} from '../src/draw/text/header.ts';
import {type KeyHint, keyLine} from '../src/draw/text/key-line.ts';
import {isWideAt, layoutOf} from '../src/draw/text/layout.ts';
import type {Look} from '../src/draw/text/look.ts';
import {noticeLines} from '../src/draw/text/notice.ts';
import type {Line} from '../src/draw/text/spans.ts';
import type {Flight} from '../src/draw/wire/flight.ts';
import type {ActorName} from '../src/model/actor.ts';
import type {PaneName} from '../src/model/lesson.ts';
import {framesOfStep, type ReadFrame} from '../src/timeline/read-frames.ts';
import {Lines} from './Lines.tsx';

/** What stands below the text, such as a line of typing, and how many rows it takes. */
export interface Below {
  readonly node: ReactNode;
  readonly rows: number;
}

interface Props {
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
  readonly header: HeaderData;
  readonly text: TextData;
  readonly next: NextCall | null;
  /** What the learner typed, or would send without. */
  readonly message: string;
  readonly pane: PaneName;
  readonly lane: ActorName | null;
  /** The walk's clock, in seconds. */
  readonly now: number;
  readonly scroll: number;
  /** All frames by now, and those that fly. */
  readonly frames: readonly ReadFrame[];
  readonly flight: Flight | null;
  /** One line above the text. */
  readonly notice: string | null;
  readonly keys: readonly KeyHint[];
  readonly below: Below | null;
}

/** A lesson: lanes above, calls and panes in the middle, the step's words below, the keys that work last. */
export function WalkScreen(props: Props): ReactNode {
  const {look, columns, rows, text, below} = props;
  const width = wordsWidth({pane: props.pane, columns, isWide: isWideAt(columns)});
  const notice = noticeLines(props.notice, look, width);
  const wishes = {
    lanes: placedWish(text.view, look, columns, props.lane),
    text: Number.POSITIVE_INFINITY,
    panel: leastRowsOf(props.pane),
  };
  const most = layoutOf(columns, rows, wishes).text - notice.length;
  const words: Line[] = [...notice, ...stepTextLines(text, look, width, most)];
  const passing = {frames: framesOfStep(props.frames, text.view), flight: props.flight};
  const panel = panelOf(props);
  const belowRows = below?.rows ?? 0;
  const layout = layoutOf(columns, rows, {...wishes, text: words.length + belowRows});
  const room = layout.text - belowRows;
  const scroll = Math.max(0, Math.min(Math.max(props.scroll, focusOf(words) - room + 1), words.length - room));
  const beside = wordsBeside(words.slice(scroll), panel, look, {columns, isWide: layout.isWide, height: room});
  const place = {columns, height: layout.panel, isWide: layout.isWide, hasMap: layout.map > 0};
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflow="hidden">
      <Lines height={1} lines={[headerLine(props.header, look, columns)]} />
      <Lines height={layout.map} lines={layout.map > 0 ? mapLines(panel, look, columns) : []} />
      <Lines
        height={layout.lanes}
        lines={placedLanes(
          {view: panel.view, frames: props.frames, passing, now: props.now},
          look,
          {width: columns, height: layout.lanes},
          props.lane,
        )}
      />
      <Lines height={place.height} lines={panelLines(panel, look, place)} />
      <Lines height={1} lines={[ruleLine(panel, words.length - scroll > room, look, columns)]} />
      <Lines height={below ? Math.min(room, words.length + 1) : room} lines={beside} />
      {below?.node}
      <Spacer />
      <Lines height={1} lines={[keyLine(props.keys, look, columns)]} />
    </Box>
  );
}

/** The line with the cursor, which must be seen; 0 where there is none. */
const focusOf = (words: readonly Line[]): number =>
  Math.max(
    0,
    words.findIndex(([first]) => first !== undefined && isCursor(first)),
  );

const panelOf = ({look, header, text, next, pane, frames, message, now}: Props): PanelData => ({
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
});
