import {Box, Spacer} from 'ink';
import type {ReactNode} from 'react';
import {screenText} from '../src/messages/screen.ts';
import type {ActorName} from '../src/model/actor.ts';
import type {PaneName} from '../src/model/lesson.ts';
import {framesOfStep, type ReadFrame} from '../src/timeline/read-frames.ts';
import {callLines, type NextCall} from './calls.ts';
import type {Flight} from './flight.ts';
import {type HeaderData, headerLine} from './header.ts';
import {type KeyHint, keyLine} from './key-line.ts';
import {Lines} from './Lines.tsx';
import {laneLines} from './lanes.ts';
import {layoutOf} from './layout.ts';
import type {Look} from './look.ts';
import {noticeLines} from './notice.ts';
import {allPanes, paneLines, panesOf, paneTabs} from './panes.ts';
import {fitLine, type Line, spread, styled} from './spans.ts';
import {isCursor, stepTextLines, type TextData} from './step-text.ts';

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
  const belowRows = below?.rows ?? 0;
  const layout = layoutOf(columns, rows, words.length + belowRows);
  const room = layout.text - belowRows;
  const scroll = Math.max(0, Math.min(Math.max(props.scroll, focusOf(words) - room + 1), words.length - room));
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflow="hidden">
      <Lines height={1} lines={[headerLine(props.header, look, columns)]} />
      <Lines
        height={layout.lanes}
        lines={laneLines(text.view, look, {width: columns, height: layout.lanes}, props.lane, props.now, passing)}
      />
      <Lines height={layout.panel} lines={panelLines(props, layout.panel, layout.isWide)} />
      <Lines height={1} lines={[ruleLine(props, words.length - scroll > room, look, columns)]} />
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

function panelLines({look, columns, header, text, next, pane, frames}: Props, height: number, isWide: boolean): Line[] {
  const data = {
    view: text.view,
    lesson: text.lesson,
    step: text.shown ?? (text.following?.arrange ? null : text.following),
    port: text.port,
    frames,
    isRecorded: header.mode === 'recorded',
  };
  if (!isWide) {
    const size = {width: columns, height};
    const lines = pane === 'calls' ? callLines(text.view, next, look, size) : paneLines(pane, data, look, size);
    // Ink would cut with an ellipsis, which some terminals draw two cells wide.
    return lines.map(line => fitLine(line, columns));
  }
  const left = Math.floor(columns * 0.56);
  const right = columns - left - 2;
  const calls = callLines(text.view, next, look, {width: left, height});
  const size = {width: right, height};
  const shown = pane === 'calls' ? allPanes(data, look, size) : paneLines(pane, data, look, size);
  return Array.from({length: height}, (_, row) => [
    ...fitLine(calls[row] ?? [], left),
    styled(look.glyphs.vertical, {dim: true}),
    {text: ' '},
    ...fitLine(shown[row] ?? [], right),
  ]);
}

function ruleLine({pane, text}: Props, isMore: boolean, look: Look, width: number): Line {
  const {horizontal} = look.glyphs;
  const more: Line = isMore ? [styled(` ${look.say(screenText.more)} `, {color: 'yellow'})] : [];
  const left: Line = [styled(`${horizontal.repeat(2)} `, {dim: true}), ...paneTabs(pane, panesOf(text.lesson), look)];
  const rule: Line = [...left, styled(horizontal.repeat(width), {dim: true})];
  return more.length > 0 ? spread(cutLine(rule, width - 24), more, width) : cutLine(rule, width);
}

/** fitLine marks what it cuts; a rule needs no mark. */
function cutLine(line: Line, width: number): Line {
  const fitted = [...fitLine(line.slice(0, -1), width)];
  const last = fitted.at(-1);
  const rule = line.at(-1);
  if (!last || !rule || last.text.trim() !== '') return fitted;
  fitted[fitted.length - 1] = {...rule, text: rule.text.slice(0, last.text.length)};
  return fitted;
}
