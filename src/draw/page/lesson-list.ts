import {homeText} from '../../messages/home.ts';
import {screenText} from '../../messages/screen.ts';
import type {Lesson} from '../../model/lesson.ts';
import {outlineOf} from '../../model/outline.ts';
import type {Text} from '../../model/text.ts';
import type {Glyphs} from '../text/glyphs.ts';
import type {Look} from '../text/look.ts';
import {type Line, plain, spread, styled, widthOf} from '../text/spans.ts';
import {fitText} from '../text/wrap.ts';

/** How the list marks a lesson. */
export type LessonMark = 'finished' | 'next' | 'begun' | 'new';

export interface HomeRow {
  readonly lesson: Lesson;
  /** Its place in the course, from 1. */
  readonly number: number;
  readonly mark: LessonMark;
  /** After how many steps it was left; 0 when it begins at its beginning. */
  readonly at: number;
  /** How many predictions came true; null before it is finished, and where it asks nothing. */
  readonly agreed: {readonly right: number; readonly asked: number} | null;
}

/** A chapter that has a lesson to list. */
export interface HomeChapter {
  readonly title: Text;
  readonly rows: readonly HomeRow[];
  /** Of all its lessons, not only those that are listed. */
  readonly finished: number;
  readonly all: number;
}

/** A line of the list, which is drawn once it is known to be shown. */
interface ListLine {
  readonly draw: () => Line;
  readonly row: HomeRow | null;
}

/** The chapters with their lessons, as many as there is room for around the selected one; what is left out is counted. */
export function lessonListLines(
  chapters: readonly HomeChapter[],
  selected: string,
  look: Look,
  {width, height}: {width: number; height: number},
): Line[] {
  const roomy = listLines(chapters, selected, look, width, true);
  const tight = listLines(chapters, selected, look, width, false);
  const lines = roomy.length <= height ? roomy : tight;
  if (lines.length <= height) return lines.map(({draw}) => draw());
  const room = Math.max(1, height - 1);
  const start = startOf(lines, selected, room);
  const shown = lines.slice(start, start + room).map(({draw}) => draw());
  const hidden = {above: lessonsIn(lines.slice(0, start)), below: lessonsIn(lines.slice(start + room))};
  return [...shown, hiddenLine(hidden, look, width)];
}

const lessonsIn = (lines: readonly ListLine[]): number => lines.filter(({row}) => row !== null).length;

function hiddenLine({above, below}: {above: number; below: number}, look: Look, width: number): Line {
  const [up, down] = look.ascii ? ['^', 'v'] : ['↑', '↓'];
  const parts = [
    ...(above > 0 ? [`${up} ${look.say(homeText.above, {n: above})}`] : []),
    ...(below > 0 ? [`${down} ${look.say(homeText.below, {n: below})}`] : []),
  ];
  return spread([], [styled(`${parts.join('  ')} `, {dim: true})], width);
}

/** The first line that is shown: the selected one has some before and after it. */
function startOf(lines: readonly ListLine[], selected: string, room: number): number {
  const at = Math.max(
    0,
    lines.findIndex(({row}) => row?.lesson.id === selected),
  );
  return Math.max(0, Math.min(at - Math.floor(room / 2), lines.length - room));
}

/** @param isRoomy with an empty line between chapters */
function listLines(
  chapters: readonly HomeChapter[],
  selected: string,
  look: Look,
  width: number,
  isRoomy: boolean,
): ListLine[] {
  const ids = idColumn(chapters, look, width);
  return chapters.flatMap(({title, rows, finished, all}, i) => [
    ...(i === 0 || !isRoomy ? [] : [{draw: () => plain(''), row: null}]),
    {draw: () => chapterLine(title, `${finished}/${all}`, look, width), row: null},
    ...rows.map(row => ({draw: () => rowLine(row, row.lesson.id === selected, ids, look, width), row})),
  ]);
}

const chapterLine = (title: Text, count: string, look: Look, width: number): Line =>
  spread([styled(` ${look.say(title)}`, {bold: true})], [{text: `${count} `}], width);

/** Cells of the longest title and id; ids are there where they fit beside whole titles. */
interface Columns {
  readonly title: number;
  readonly id: number;
}

function idColumn(chapters: readonly HomeChapter[], look: Look, width: number): Columns {
  const lessons = chapters.flatMap(({rows}) => rows.map(({lesson}) => lesson));
  const title = Math.max(0, ...lessons.map(lesson => widthOf([{text: look.say(lesson.title)}]))) + 2;
  const id = Math.max(0, ...lessons.map(lesson => lesson.id.length));
  return {title, id: markColumn + title + id + rightColumn <= width ? id : 0};
}

/** ` > ✓ 12  ` */
const markColumn = 9;
/** `  0/12 right  12 min ` */
const rightColumn = 21;

export const markOf = (mark: LessonMark, glyphs: Glyphs): string =>
  ({finished: glyphs.made, next: glyphs.next, begun: '~', new: glyphs.coming})[mark];

function rowLine(row: HomeRow, isSelected: boolean, columns: Columns, look: Look, width: number): Line {
  const {lesson, number, mark} = row;
  const isBold = mark === 'next' || isSelected;
  const title = look.say(lesson.title);
  const head: Line = [
    styled(isSelected ? ' > ' : '   ', {bold: true}),
    styled(markOf(mark, look.glyphs), mark === 'new' ? {dim: true} : {bold: mark === 'next'}),
    styled(` ${String(number).padStart(2)}  `, {bold: isBold}),
    styled(columns.id > 0 ? fitText(title, columns.title, true) : title, {bold: isBold}),
    styled(columns.id > 0 ? lesson.id : '', {dim: true}),
  ];
  const minutes = `  ${look.say(screenText.minutes, {n: String(lesson.minutes).padStart(2)})} `;
  const where = ` ${whereOf(row, look)}`;
  const isRoomy = widthOf([...head, {text: where + minutes}]) <= width;
  return spread(head, [styled(isRoomy ? where : ` ${shortly(row)}`, {dim: !isSelected}), {text: minutes}], width);
}

/** How far it was taken: how many predictions came true, or where it was left. */
function whereOf({lesson, at, agreed}: HomeRow, look: Look): string {
  if (at > 0) return `${at}/${outlineOf(lesson).steps}`;
  return agreed ? look.say(homeText.agreed, agreed) : '';
}

/** The figures alone. */
const shortly = ({agreed}: HomeRow): string => (agreed ? `${agreed.right}/${agreed.asked}` : '');
