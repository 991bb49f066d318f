import {screenText} from '../../messages/screen.ts';
import type {Text} from '../../model/text.ts';
import type {Look} from './look.ts';
import {type Line, type Span, spread, styled} from './spans.ts';

export interface HeaderData {
  /** `5 refused`, or for a question of the review the word for it and the lesson that it is about. */
  readonly label: string | {readonly text: Text; readonly id: string};
  readonly title: Text;
  readonly mode: 'opening' | 'live' | 'replay' | 'recorded';
  readonly step: number;
  readonly steps: number;
  /** Seconds a step while playing; null when not. */
  readonly speed: number | null;
}

/** ` sockwalk  1 server-flow  The server's flow             ● LIVE  5/15  en` */
export function headerLine(data: HeaderData, look: Look, width: number): Line {
  const {label, title, step, steps, speed} = data;
  const name = typeof label === 'string' ? label : `${look.say(label.text)} ${label.id}`;
  const left: Line = [styled(' sockwalk', {bold: true}), {text: `  ${name}  `}, styled(look.say(title), {bold: true})];
  const playing: Line =
    speed === null ? [] : [styled(`${look.say(screenText.playing, {speed: `${speed} s`})}  `, {bold: true})];
  const right: Line = [...playing, modeSpan(data.mode, look), {text: `  ${step}/${steps}  ${look.language} `}];
  return spread(left, right, width);
}

function modeSpan(mode: HeaderData['mode'], look: Look): Span {
  if (mode === 'opening') return {text: ''};
  if (mode === 'live') return styled(`${look.glyphs.live} ${look.say(screenText.live)}`, {bold: true});
  return styled(` ${look.say(screenText[mode])} `, {inverse: true});
}
