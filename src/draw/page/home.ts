import {screenText} from '../../messages/screen.ts';
import {statusMark, statusText} from '../../messages/status.ts';
import type {Lesson} from '../../model/lesson.ts';
import {outlineOf} from '../../model/outline.ts';
import type {Status} from '../../model/status.ts';
import type {Text} from '../../model/text.ts';
import {drawable} from '../text/glyphs.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, plain, spread, styled, widthOf} from '../text/spans.ts';
import {fitText, wrap} from '../text/wrap.ts';

export interface HomeRow {
  readonly lesson: Lesson;
  /** Its place in the course, from 1. */
  readonly number: number;
  readonly status: Status;
  /** After how many steps it was left; 0 when it begins at its beginning. */
  readonly at: number;
}

export interface HomeData {
  /** Chapters that have a lesson to list. */
  readonly chapters: readonly {readonly title: Text; readonly rows: readonly HomeRow[]}[];
  /** Of all lessons, not only those that are listed. */
  readonly passed: number;
  readonly all: number;
  readonly isFirstTime: boolean;
  readonly selected: string;
  /** The id of the lesson that comes next; null when all are behind. */
  readonly suggested: string | null;
  readonly search: string | null;
  /** How many beliefs wait to be reviewed. */
  readonly reviews: number;
}

/**
 * ```
 *  sockwalk   sockets one step at a time, with the real kernel                3 of 24 passed
 *
 *  First steps
 *  > [~]  2  server-flow    The server's flow                           4/15   9 min
 *    [ ]  3  client-flow    The client's flow                            next  7 min
 *
 *  What the calls of a server do, one by one
 *  [x] passed  [~] begun  [-] skipped  [ ] new
 * ```
 */
export function homeLines(data: HomeData, look: Look, size: {width: number; height: number}): Line[] {
  const {width, height} = size;
  const foot = footLines(data, look, width);
  const head = [headLine(data, look, width), []];
  const room = Math.max(1, height - head.length - foot.length - 1);
  const roomy = listLines(data, look, width, true);
  const lines = roomy.length <= room ? roomy : listLines(data, look, width, false);
  const start = startOf(lines, room);
  const shown = Array.from({length: room}, (_, row): Line => lines[start + row]?.line ?? []);
  const isMore = start + room < lines.length;
  const more = isMore ? [styled(`${look.say(screenText.more)} `, {bold: true})] : [];
  return [...head, ...shown, spread([], more, width), ...foot];
}

function headLine({passed, all}: HomeData, look: Look, width: number): Line {
  const name: Line = [styled(' sockwalk', {bold: true})];
  const tagline: Line = [{text: `   ${look.say(screenText.tagline)}`}];
  const done: Line = [styled(`  ${look.say(screenText.done, {done: passed, all})} `, {dim: true})];
  const isRoomy = widthOf([...name, ...tagline, ...done]) <= width;
  return spread(isRoomy ? [...name, ...tagline] : name, done, width);
}

interface ListLine {
  readonly line: Line;
  readonly isSelected: boolean;
}

/** @param isRoomy with an empty line between chapters */
function listLines(data: HomeData, look: Look, width: number, isRoomy: boolean): ListLine[] {
  const rows = data.chapters.flatMap(chapter => chapter.rows);
  const idWidth = Math.max(0, ...rows.map(row => row.lesson.id.length)) + 2;
  return data.chapters.flatMap(({title, rows}, i) => [
    ...(i === 0 || !isRoomy ? [] : [{line: [], isSelected: false}]),
    {line: [styled(` ${look.say(title)}`, {bold: true})], isSelected: false},
    ...rows.map(row => {
      const isSelected = row.lesson.id === data.selected;
      return {line: rowLine(row, isSelected, row.lesson.id === data.suggested, idWidth, look, width), isSelected};
    }),
  ]);
}

/** The first line that is shown: the selected one has some before and after it. */
function startOf(lines: readonly ListLine[], room: number): number {
  const at = Math.max(
    0,
    lines.findIndex(({isSelected}) => isSelected),
  );
  return Math.max(0, Math.min(at - Math.floor(room / 2), lines.length - room));
}

function rowLine(
  {lesson, number, status, at}: HomeRow,
  isSelected: boolean,
  isSuggested: boolean,
  idWidth: number,
  look: Look,
  width: number,
): Line {
  const style = isSelected ? {bold: true} : {};
  const where = at > 0 ? `${at}/${outlineOf(lesson).steps}` : '';
  const head: Line = [
    styled(isSelected ? ' > ' : '   ', {bold: true}),
    styled(`${statusMark[status]} `, status === 'passed' ? {bold: true} : {}),
    styled(`${String(number).padStart(2)}  ${lesson.id.padEnd(idWidth)}`, style),
    styled(look.say(lesson.title), style),
  ];
  const next: Line = isSuggested ? [styled(` ${look.say(screenText.suggested)} `, {bold: true})] : [];
  const minutes = look.say(screenText.minutes, {n: String(lesson.minutes).padStart(2)});
  return spread(head, [{text: ` ${where}`}, ...next, {text: ` ${minutes} `}], width);
}

/** Cells of what was searched for, where that is told. */
const longestSearch = 30;

/** What the selected lesson is about, and what else may be done. */
function footLines(data: HomeData, look: Look, width: number): Line[] {
  const lesson = data.chapters.flatMap(({rows}) => rows).find(row => row.lesson.id === data.selected)?.lesson;
  const search = fitText(drawable(data.search ?? '', look.ascii), longestSearch);
  const nothing = look.say(screenText.nothingFound, {search});
  const about = wrap(lesson ? look.say(lesson.about) : nothing, width - 2).slice(0, 2);
  const legend = (Object.keys(statusMark) as Status[]).map(
    status => `${statusMark[status]} ${look.say(statusText[status])}`,
  );
  const reviews = data.reviews > 0 ? [look.say(screenText.toReview, {n: data.reviews})] : [];
  const first = data.isFirstTime && data.search === null ? [look.say(screenText.firstTime)] : [];
  return [
    ...about.map((line): Line => fitLine(plain(` ${line}`), width)),
    [styled(` ${legend.join('  ')}`, {dim: true})],
    ...[...first, ...reviews].map((text): Line => [styled(` ${text}`, {bold: true})]),
  ];
}
