import {Box, Spacer} from 'ink';
import type {ReactNode} from 'react';
import type {NextCall} from '../src/draw/lesson/calls.ts';
import {placedLanes} from '../src/draw/lesson/host-lanes.ts';
import {type PanelData, panelLines, ruleLine} from '../src/draw/lesson/panel.ts';
import {isCursor, stepTextLines, type TextData} from '../src/draw/lesson/step-text.ts';
import {type HeaderData, headerLine} from '../src/draw/text/header.ts';
import {type KeyHint, keyLine} from '../src/draw/text/key-line.ts';
import {layoutOf} from '../src/draw/text/layout.ts';
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
  const words: Line[] = [...noticeLines(props.notice, look, columns), ...stepTextLines(text, look, columns)];
  const passing = {frames: framesOfStep(props.frames, text.view), flight: props.flight};
  const panel = panelOf(props);
  const belowRows = below?.rows ?? 0;
  const layout = layoutOf(columns, rows, words.length + belowRows);
  const room = layout.text - belowRows;
  const scroll = Math.max(0, Math.min(Math.max(props.scroll, focusOf(words) - room + 1), words.length - room));
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflow="hidden">
      <Lines height={1} lines={[headerLine(props.header, look, columns)]} />
      <Lines
        height={layout.lanes}
        lines={placedLanes(
          {view: text.view, frames: props.frames, passing, now: props.now},
          look,
          {width: columns, height: layout.lanes},
          props.lane,
        )}
      />
      <Lines height={layout.panel} lines={panelLines(panel, look, columns, layout.panel, layout.isWide)} />
      <Lines height={1} lines={[ruleLine(panel, words.length - scroll > room, look, columns)]} />
      <Lines height={below ? Math.min(room, words.length + 1) : room} lines={words.slice(scroll)} />
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

const panelOf = ({header, text, next, pane, frames}: Props): PanelData => ({
  view: text.view,
  lesson: text.lesson,
  step: text.shown ?? (text.following?.arrange ? null : text.following),
  port: text.port,
  frames,
  isRecorded: header.mode === 'recorded',
  pane,
  next,
});
