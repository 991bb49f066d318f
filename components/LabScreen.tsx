import {Box, Spacer} from 'ink';
import type {ReactNode} from 'react';
import {placedWish} from '../src/draw/lesson/host-lanes.ts';
import type {PanelData} from '../src/draw/lesson/panel.ts';
import {rowShares} from '../src/draw/lesson/row-shares.ts';
import {upperPart} from '../src/draw/lesson/upper-part.ts';
import {type LabTextData, labLines} from '../src/draw/page/lab-text.ts';
import type {HeaderData} from '../src/draw/text/header.ts';
import {type KeyHint, keyLine} from '../src/draw/text/key-line.ts';
import type {Look} from '../src/draw/text/look.ts';
import {noticeLines} from '../src/draw/text/notice.ts';
import type {Line} from '../src/draw/text/spans.ts';
import type {Flight} from '../src/draw/wire/flight.ts';
import type {ActorName} from '../src/model/actor.ts';
import {framesOfStep} from '../src/timeline/read-frames.ts';
import {Lines} from './Lines.tsx';
import type {Below} from './WalkScreen.tsx';

interface Props {
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
  readonly header: HeaderData;
  readonly text: LabTextData;
  readonly panel: PanelData;
  readonly lane: ActorName | null;
  readonly now: number;
  readonly flight: Flight | null;
  readonly notice: string | null;
  readonly keys: readonly KeyHint[];
  /** The line of typing; null while the learner looks around. */
  readonly prompt: Below | null;
  /** What may be written, under the line of typing. */
  readonly help: readonly Line[];
}

/** Lanes, calls and panes as in a lesson; below them what came of the last line, and the next one, as it is typed. */
export function LabScreen(props: Props): ReactNode {
  const {look, columns, rows, text, panel, prompt, help} = props;
  const below = (prompt?.rows ?? 0) + help.length;
  const words = [...noticeLines(props.notice, look, columns), ...labLines(text, look, columns)];
  const lanes = placedWish(text.view, look, columns, props.lane);
  const layout = rowShares(panel, {lanes, text: words.length + below + 1}, look, {columns, rows});
  const room = Math.max(0, layout.text - below);
  // A line between what was said and what is to be written, where there is room for one.
  const said = Math.min(room, words.length + (prompt ? 1 : 0));
  const {lane, flight, now, header} = props;
  const moment = {
    view: panel.view,
    frames: panel.frames,
    passing: {frames: framesOfStep(panel.frames, text.view), flight},
    now,
  };
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflowY="hidden">
      {upperPart({header, panel, moment, lane, isMore: false}, look, columns, layout).map(({name, lines}) => (
        <Lines key={name} height={lines.length} lines={lines} />
      ))}
      <Lines height={said} lines={words} />
      {prompt?.node}
      <Lines height={Math.min(help.length, Math.max(0, layout.text - (prompt?.rows ?? 0)))} lines={help} />
      <Spacer />
      <Lines height={1} lines={[keyLine(props.keys, look, columns)]} />
    </Box>
  );
}
