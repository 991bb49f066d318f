import {Box} from 'ink';
import type {ReactNode} from 'react';
import {type ChallengeListData, challengeLines} from '../src/draw/page/challenge-list.ts';
import {type GlossaryData, glossaryLines} from '../src/draw/page/glossary.ts';
import {type HelpGroup, helpLines, helpTitle} from '../src/draw/page/help.ts';
import {type PaletteData, paletteLines} from '../src/draw/page/palette.ts';
import {drawable} from '../src/draw/text/glyphs.ts';
import {type KeyHint, keyLine} from '../src/draw/text/key-line.ts';
import type {Viewport} from '../src/draw/text/layout.ts';
import {lookOf} from '../src/draw/text/look.ts';
import {noticeLines} from '../src/draw/text/notice.ts';
import {fitLine, type Line, spread, styled, withoutSteering} from '../src/draw/text/spans.ts';
import {wrap} from '../src/draw/text/wrap.ts';
import {type FrameData, frameViewLines} from '../src/draw/wire/frame-view.ts';
import {type LadderData, ladderLines} from '../src/draw/wire/ladder.ts';
import {screenText} from '../src/messages/screen.ts';
import {Lines} from './Lines.tsx';
import type {Below} from './WalkScreen.tsx';

/** Lines from the top, and the keys on the last row. */
function Page({
  look,
  columns,
  rows,
  lines,
  keys,
  below = null,
}: Viewport & {lines: readonly Line[]; keys: readonly KeyHint[]; below?: Below | null}): ReactNode {
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflowY="hidden">
      <Lines height={rows - 2 - (below?.rows ?? 0)} lines={lines} />
      {below?.node}
      <Lines height={1} lines={[keyLine(keys, look, columns)]} />
    </Box>
  );
}

/** `scroll` rows are above the screen, as far as there are so many that do not fit. */
export function HelpScreen({
  groups,
  scroll,
  keys,
  ...frame
}: Viewport & {groups: readonly HelpGroup[]; scroll: number; keys: readonly KeyHint[]}): ReactNode {
  const {look, columns, rows} = frame;
  const lines = helpLines(groups, look, columns);
  const hidden = Math.max(0, lines.length - (rows - 3));
  const start = Math.min(scroll, hidden);
  return <Page {...frame} lines={[helpTitle(hidden > start, look, columns), ...lines.slice(start)]} keys={keys} />;
}

export function GlossaryScreen({
  data,
  keys,
  below,
  ...frame
}: Viewport & {data: GlossaryData; keys: readonly KeyHint[]; below: Below | null}): ReactNode {
  const size = {width: frame.columns, height: frame.rows - 2 - (below?.rows ?? 0)};
  return <Page {...frame} lines={glossaryLines(data, frame.look, size)} keys={keys} below={below} />;
}

export function PaletteScreen({
  data,
  keys,
  below,
  ...frame
}: Viewport & {data: PaletteData; keys: readonly KeyHint[]; below: Below}): ReactNode {
  const size = {width: frame.columns, height: frame.rows - 2 - below.rows};
  return <Page {...frame} lines={paletteLines(data, frame.look, size)} keys={keys} below={below} />;
}

export function ChallengesScreen({
  data,
  keys,
  ...frame
}: Viewport & {data: ChallengeListData; keys: readonly KeyHint[]}): ReactNode {
  const size = {width: frame.columns, height: frame.rows - 2};
  return <Page {...frame} lines={challengeLines(data, frame.look, size)} keys={keys} />;
}

export function LadderScreen({
  data,
  notice,
  keys,
  ...frame
}: Viewport & {data: LadderData; notice: string | null; keys: readonly KeyHint[]}): ReactNode {
  const {look, columns, rows} = frame;
  const said = noticeLines(notice, look, columns);
  const lines = ladderLines(data, look, {width: columns, height: rows - 2 - said.length});
  return <Page {...frame} lines={[...lines, ...said]} keys={keys} />;
}

export function FrameScreen({data, keys, ...frame}: Viewport & {data: FrameData; keys: readonly KeyHint[]}): ReactNode {
  const size = {width: frame.columns, height: frame.rows - 2};
  return <Page {...frame} lines={frameViewLines(data, frame.look, size)} keys={keys} />;
}

/** What a man page says, from a line on. */
export function ManScreen({
  call,
  text,
  scroll,
  keys,
  ...frame
}: Viewport & {call: string; text: readonly string[]; scroll: number; keys: readonly KeyHint[]}): ReactNode {
  const {look, columns, rows} = frame;
  const isMore = text.length - scroll > rows - 4;
  const more: Line = isMore ? [{text: `${look.say(screenText.more)} `}] : [];
  const title = spread([styled(` ${look.say(screenText.manTitle, {call})}`, {bold: true})], more, columns);
  const shown = text
    .slice(scroll)
    .map(
      (line): Line => [styled(` ${drawable(withoutSteering(line), look.ascii)}`, /^\S/.test(line) ? {bold: true} : {})],
    );
  return <Page {...frame} lines={[title, [], ...shown.map(line => fitLine(line, columns))]} keys={keys} />;
}

/** A line or two in the middle of nothing: a question, or word of what is being done. */
export function PlainScreen({
  lines,
  keys,
  ...frame
}: Viewport & {lines: readonly Line[]; keys: readonly KeyHint[]}): ReactNode {
  return <Page {...frame} lines={[[], [], ...lines]} keys={keys} />;
}

/** In both languages: whoever sees this may not have chosen one yet. */
export function TooSmallScreen({columns, rows}: {columns: number; rows: number}): ReactNode {
  const lines = (['ja', 'en'] as const).flatMap(language =>
    wrap(lookOf(language, false).say(screenText.tooSmall, {columns, rows}), Math.max(2, columns)).map(
      (line): Line => [{text: line}],
    ),
  );
  return <Lines height={Math.max(1, rows - 1)} lines={lines} />;
}
