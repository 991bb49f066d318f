import {Box} from 'ink';
import type {ReactNode} from 'react';
import {screenText} from '../src/messages/screen.ts';
import {type HelpGroup, helpLines} from './help.ts';
import {type HomeData, homeLines} from './home.ts';
import {type KeyHint, keyLine} from './key-line.ts';
import {Lines} from './Lines.tsx';
import {type Look, lookOf} from './look.ts';
import {type Line, styled} from './spans.ts';
import {wrap} from './wrap.ts';

interface Frame {
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
}

/** Lines from the top, and the keys on the last row. */
function Page({
  look,
  columns,
  rows,
  lines,
  keys,
}: Frame & {lines: readonly Line[]; keys: readonly KeyHint[]}): ReactNode {
  return (
    <Box flexDirection="column" height={rows - 1} width={columns} overflow="hidden">
      <Lines height={rows - 2} lines={lines} />
      <Lines height={1} lines={[keyLine(keys, look, columns)]} />
    </Box>
  );
}

export function HomeScreen({
  data,
  notice,
  keys,
  ...frame
}: Frame & {data: HomeData; notice: string | null; keys: readonly KeyHint[]}): ReactNode {
  const {look, columns, rows} = frame;
  const told =
    notice === null ? [] : wrap(notice, columns - 2).map((line): Line => [styled(` ${line}`, {color: 'magenta'})]);
  const lines = [...homeLines(data, look, {width: columns, height: rows}), ...told];
  return <Page {...frame} lines={lines} keys={keys} />;
}

export function HelpScreen({
  groups,
  keys,
  ...frame
}: Frame & {groups: readonly HelpGroup[]; keys: readonly KeyHint[]}): ReactNode {
  return <Page {...frame} lines={helpLines(groups, frame.look, frame.columns)} keys={keys} />;
}

/** A line or two in the middle of nothing: a question, or word of what is being done. */
export function PlainScreen({
  lines,
  keys,
  ...frame
}: Frame & {lines: readonly Line[]; keys: readonly KeyHint[]}): ReactNode {
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
