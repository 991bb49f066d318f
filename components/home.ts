import {screenText} from '../src/messages/screen.ts';
import {statusMark, statusText} from '../src/messages/status.ts';
import type {Lesson} from '../src/model/lesson.ts';
import type {Status} from '../src/model/status.ts';
import type {Look} from './look.ts';
import {fitLine, type Line, spread, styled} from './spans.ts';
import {wrap} from './wrap.ts';

export interface HomeRow {
  readonly lesson: Lesson;
  readonly status: Status;
  /** Steps made so far, for a lesson that was begun. */
  readonly made: number;
}

export interface HomeData {
  readonly rows: readonly HomeRow[];
  readonly selected: number;
}

/**
 * ```
 *  sockwalk   sockets one step at a time, with the real kernel
 *
 *  > [~]  1  server-flow   The server's flow             4/15    8 min
 * ```
 */
export function homeLines({rows, selected}: HomeData, look: Look, size: {width: number; height: number}): Line[] {
  const {width} = size;
  const passed = rows.filter(row => row.status === 'passed').length;
  const isFirstTime = rows.every(row => row.status === 'new');
  const idWidth = Math.max(...rows.map(row => row.lesson.id.length)) + 2;
  const lessonLines = rows.flatMap((row, i) => rowLines(row, i, i === selected, idWidth, look, size));
  const legend = (Object.keys(statusMark) as Status[]).map(
    status => `${statusMark[status]} ${look.say(statusText[status])}`,
  );
  return [
    [styled(' sockwalk', {bold: true, color: 'cyan'}), {text: '   '}, {text: look.say(screenText.tagline)}],
    [],
    spread([], [styled(`${look.say(screenText.done, {done: passed, all: rows.length})} `, {dim: true})], width),
    [],
    ...lessonLines,
    [styled(` ${legend.join('  ')}`, {dim: true})],
    [],
    ...(isFirstTime ? [[styled(` ${look.say(screenText.firstTime)}`, {color: 'yellow'})]] : []),
  ];
}

function rowLines(
  row: HomeRow,
  index: number,
  isSelected: boolean,
  idWidth: number,
  look: Look,
  size: {width: number},
): Line[] {
  const {lesson, status, made} = row;
  const progress = status === 'seen' ? `${made}/${lesson.steps.length}` : '';
  const style = isSelected ? {bold: true} : {};
  const head: Line = [
    styled(isSelected ? ' > ' : '   ', {bold: true, color: 'yellow'}),
    styled(`${statusMark[status]}  `, status === 'passed' ? {color: 'green'} : {}),
    styled(`${index + 1}  ${lesson.id.padEnd(idWidth)}`, style),
    styled(look.say(lesson.title), {...style, ...(isSelected ? {color: 'cyan'} : {})}),
  ];
  const tail: Line = [{text: `${progress}  ${look.say(screenText.minutes, {n: lesson.minutes})} `}];
  const indent = 11;
  const about = wrap(look.say(lesson.about), size.width - indent - 2).map(line =>
    fitLine([styled(' '.repeat(indent) + line, {dim: true})], size.width),
  );
  return [spread(head, tail, size.width), ...about, []];
}
