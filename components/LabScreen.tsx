import {Box, Spacer} from 'ink';
import type {ReactNode} from 'react';
import {labText} from '../src/messages/lab.ts';
import {screenText} from '../src/messages/screen.ts';
import type {View} from '../src/timeline/view.ts';
import type {Passing} from './between.ts';
import {callLines} from './calls.ts';
import {type KeyHint, keyLine} from './key-line.ts';
import {Lines} from './Lines.tsx';
import {laneLines} from './lanes.ts';
import {layoutOf} from './layout.ts';
import type {Look} from './look.ts';
import {type Line, styled} from './spans.ts';
import type {Below} from './WalkScreen.tsx';
import {wrap} from './wrap.ts';

export interface LabData {
  readonly view: View;
  /** The lesson that it was opened from. */
  readonly lesson: string;
  readonly port: number;
  /** The form of the call that is being written; null while that is none. */
  readonly form: string | null;
  readonly calls: readonly string[];
  readonly now: number;
  readonly passing: Passing;
}

interface Props {
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
  readonly data: LabData;
  readonly keys: readonly KeyHint[];
  readonly below: Below;
}

/** Lanes and calls as in a lesson, and a line on which any call may be written. */
export function LabScreen({look, columns, rows, data, keys, below}: Props): ReactNode {
  const words = wordsOf(data, look, columns);
  const layout = layoutOf(columns, rows, words.length + below.rows);
  const {view, now} = data;
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflow="hidden">
      <Lines height={1} lines={[headLine(data, look)]} />
      <Lines
        height={layout.lanes}
        lines={laneLines(view, look, {width: columns, height: layout.lanes}, null, now, data.passing)}
      />
      <Lines height={layout.panel} lines={callLines(view, null, look, {width: columns, height: layout.panel})} />
      <Lines height={1} lines={[[styled(look.glyphs.horizontal.repeat(columns), {dim: true})]]} />
      {below.node}
      <Lines height={Math.max(0, Math.min(words.length, layout.text - below.rows))} lines={words} />
      <Spacer />
      <Lines height={1} lines={[keyLine(keys, look, columns)]} />
    </Box>
  );
}

const headLine = ({lesson}: LabData, look: Look): Line => [
  styled(' sockwalk', {bold: true, color: 'cyan'}),
  {text: '  '},
  styled(look.say(labText.title), {bold: true, color: 'magenta'}),
  styled(`  ${look.say(labText.from, {lesson})}`, {dim: true}),
];

function wordsOf({view, form, calls, port}: LabData, look: Look, columns: number): Line[] {
  const paragraph = (text: string, style: Omit<Line[number], 'text'>): Line[] =>
    wrap(text, columns - 2).map((line): Line => [styled(` ${line}`, style)]);
  if (view.lanes.length === 0) return paragraph(look.say(screenText.starting), {dim: true});
  if (form) return paragraph(look.say(labText.form, {form}), {color: 'cyan'});
  return [
    ...paragraph(look.say(labText.how, {port}), {}),
    ...paragraph(look.say(labText.other), {dim: true}),
    ...paragraph(look.say(labText.calls, {names: calls.join(' ')}), {dim: true}),
  ];
}
