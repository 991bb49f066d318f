import {screenText} from '../src/messages/screen.ts';
import type {Lesson} from '../src/model/lesson.ts';
import type {Look} from './look.ts';
import {type Line, type Span, spread, styled} from './spans.ts';

export interface HeaderData {
  readonly number: number;
  readonly lesson: Lesson;
  readonly mode: 'live' | 'replay' | 'recorded';
  readonly step: number;
  readonly steps: number;
  /** Seconds a step while playing; null when not. */
  readonly speed: number | null;
}

/** ` sockwalk  1 server-flow  The server's flow             ● LIVE  5/15  en` */
export function headerLine(data: HeaderData, look: Look, width: number): Line {
  const {number, lesson, step, steps, speed} = data;
  const left: Line = [
    styled(' sockwalk', {bold: true, color: 'cyan'}),
    {text: `  ${number} ${lesson.id}  `},
    styled(look.say(lesson.title), {bold: true}),
  ];
  const playing: Line =
    speed === null ? [] : [styled(`${look.say(screenText.playing, {speed: `${speed} s`})}  `, {color: 'yellow'})];
  const right: Line = [...playing, modeSpan(data.mode, look), {text: `  ${step}/${steps}  ${look.language} `}];
  return spread(left, right, width);
}

function modeSpan(mode: HeaderData['mode'], look: Look): Span {
  if (mode === 'live') return styled(`${look.glyphs.live} ${look.say(screenText.live)}`, {color: 'green', bold: true});
  return styled(` ${look.say(screenText[mode])} `, {inverse: true, color: mode === 'replay' ? 'yellow' : 'magenta'});
}
