import {homeText, lessonMarkText} from '../../messages/home.ts';
import {screenText} from '../../messages/screen.ts';
import {outlineOf} from '../../model/outline.ts';
import {drawable} from '../text/glyphs.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, spread, styled, widthOf} from '../text/spans.ts';
import {fitText, wrap} from '../text/wrap.ts';
import {type CallsBySide, courseMapLines, mapHeight} from './course-map.ts';
import {type HomeChapter, type HomeRow, type LessonMark, lessonListLines, markOf} from './lesson-list.ts';
import {leastPlan, lessonPlanLines} from './lesson-plan.ts';

export interface HomeData {
  readonly chapters: readonly HomeChapter[];
  /** Of all lessons, not only those that are listed. */
  readonly finished: number;
  readonly all: number;
  readonly isFirstTime: boolean;
  readonly selected: string;
  /** The id of the lesson that comes next; null when all are finished. */
  readonly suggested: string | null;
  readonly search: string | null;
  /** How many beliefs wait to be reviewed. */
  readonly reviews: number;
  readonly challenges: {readonly all: number; readonly solved: number};
  /** The calls that the learner has made, and those of the selected lesson. */
  readonly made: CallsBySide;
  readonly moves: CallsBySide;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Columns from which the map is there, then the plan below it, then the plan beside it. */
const withMap = 100;
const withPlan = 120;
const withBoth = 150;

/**
 * ```
 *  sockwalk   sockets one step at a time, with the real kernel         2/30 finished  9 to review
 *
 *  Next  3  The client's flow          6 min  16 steps  3 predictions  ┌ The whole map ──────────┐
 *  connect() is all that a client calls. When does it get a port?      │ server       client     │
 *  ▶ Enter begins                                                      │ ✓▶ socket               │
 * ```
 */
export function homeLines(data: HomeData, look: Look, {width, height}: Size): Line[] {
  const wish = {width, height: height - 2 - 1};
  const beside = panelLines(data, look, wish);
  const foot = [markLegend(look), ...(beside.tellsWays ? [] : waysOn(data, look, width))];
  const body = {width: width - beside.width, height: height - 2 - foot.length};
  const left = leftLines(data, look, body);
  const rows = Array.from({length: body.height}, (_, i): Line => {
    const panel = beside.lines[i];
    return panel ? [...fitLine(left[i] ?? [], body.width), ...panel] : (left[i] ?? []);
  });
  return [headLine(data, look, width), [], ...rows, ...foot];
}

function headLine({finished, all, reviews}: HomeData, look: Look, width: number): Line {
  const name: Line = [styled(' sockwalk', {bold: true})];
  const tagline: Line = [{text: `   ${look.say(screenText.tagline)}`}];
  const counts = [
    look.say(homeText.finished, {done: finished, all}),
    ...(reviews > 0 ? [look.say(homeText.reviews, {n: reviews})] : []),
  ];
  const done: Line = [styled(`  ${counts.join('  ')} `, {bold: true})];
  const isRoomy = widthOf([...name, ...tagline, ...done]) <= width;
  return spread(isRoomy ? [...name, ...tagline] : name, done, width);
}

/** What is selected, and the list below it. */
function leftLines(data: HomeData, look: Look, {width, height}: Size): Line[] {
  const row = data.chapters.flatMap(({rows}) => rows).find(({lesson}) => lesson.id === data.selected);
  const chosen = row ? chosenLines(row, data, look, width) : nothingFound(data, look, width);
  const room = Math.max(1, height - chosen.length - 1);
  return [...chosen, [], ...lessonListLines(data.chapters, data.selected, look, {width, height: room})];
}

function nothingFound({search}: HomeData, look: Look, width: number): Line[] {
  /** Cells of what was searched for, where that is told. */
  const longest = 30;
  const words = fitText(drawable(search ?? '', look.ascii), longest);
  return [fitLine([{text: ` ${look.say(homeText.nothingFound, {search: words})}`}], width)];
}

const labels = {finished: homeText.behind, next: homeText.next, begun: homeText.begun, new: homeText.other};

/** The selected lesson, its question, and what Enter does; its figures beside its title, or where else they fit. */
function chosenLines(row: HomeRow, data: HomeData, look: Look, width: number): Line[] {
  const {lesson, number, mark} = row;
  const title: Line = [styled(` ${look.say(labels[mark])}  ${number}  ${look.say(lesson.title)}`, {bold: true})];
  const figures: Line = [{text: `  ${figuresOf(row, look)} `}];
  const about = wrap(look.say(lesson.about), width - 2).map((text): Line => [{text: ` ${text}`}]);
  const enter = enterLine(row, look);
  const more = moreToSay(data);
  const said: Line = more ? [{text: `   ${look.say(more)}`}] : [];
  const isOnTitle = widthOf([...title, ...figures]) <= width;
  const isOnEnter = widthOf([...enter, ...said]) <= width - (isOnTitle ? 0 : widthOf(figures));
  return [
    isOnTitle ? spread(title, figures, width) : title,
    ...about,
    spread(isOnEnter ? [...enter, ...said] : enter, isOnTitle ? [] : figures, width),
    ...(more && !isOnEnter ? wrap(look.say(more), width - 2).map((text): Line => [{text: ` ${text}`}]) : []),
  ];
}

function figuresOf({lesson}: HomeRow, look: Look): string {
  const {steps, questions} = outlineOf(lesson);
  return [
    look.say(screenText.minutes, {n: lesson.minutes}),
    look.say(homeText.steps, {n: steps}),
    ...(questions.length > 0 ? [look.say(homeText.questions, {n: questions.length})] : []),
  ].join('  ');
}

function enterLine({lesson, mark, at}: HomeRow, look: Look): Line {
  const does = at > 0 ? homeText.goOn : mark === 'finished' ? homeText.again : homeText.begin;
  return [
    {text: ` ${look.glyphs.next} `},
    styled('Enter', {bold: true, tone: 'key'}),
    {text: ` ${look.say(does, {at, steps: outlineOf(lesson).steps})}`},
  ];
}

function moreToSay({isFirstTime, search, suggested, reviews}: HomeData) {
  if (isFirstTime && search === null) return homeText.firstTime;
  if (suggested !== null) return null;
  return reviews > 0 ? homeText.allFinished : homeText.allFinishedNoReviews;
}

interface Panel {
  readonly lines: readonly Line[];
  /** Cells, with the gap before it. */
  readonly width: number;
  /** What else there is to do stands in it. */
  readonly tellsWays: boolean;
}

const noPanel: Panel = {lines: [], width: 0, tellsWays: false};

/** The map, and the plan of the selected lesson, as far as there is room. */
function panelLines(data: HomeData, look: Look, {width, height}: Size): Panel {
  if (width < withMap || height < mapHeight) return noPanel;
  const selected = data.chapters.flatMap(({rows}) => rows).find(({lesson}) => lesson.id === data.selected)?.lesson;
  const calls = selected ? outlineOf(selected).calls : [];
  const cells = width < withPlan ? 37 : 46;
  const map = courseMapLines(data.made, data.moves, look, cells);
  if (width >= withBoth && selected)
    return sideBySide(map, lessonPlanLines(calls, look, {width: 50, height: height - 1}), cells);
  const left = height - 1 - mapHeight;
  if (width >= withPlan && selected && left >= leastPlan)
    return {
      lines: gapped([...map, ...lessonPlanLines(calls, look, {width: cells, height: left})]),
      width: cells + 1,
      tellsWays: false,
    };
  const ways = waysOn(data, look, cells);
  const tellsWays = map.length + 1 + ways.length <= height;
  return {lines: gapped(tellsWays ? [...map, [], ...ways] : map), width: cells + 1, tellsWays};
}

const gapped = (lines: readonly Line[]): Line[] => lines.map(line => [{text: ' '}, ...line]);

function sideBySide(map: readonly Line[], plan: readonly Line[], cells: number): Panel {
  const rows = Math.max(map.length, plan.length);
  const lines = Array.from(
    {length: rows},
    (_, i): Line => [...fitLine(map[i] ?? [], cells), {text: ' '}, ...(plan[i] ?? [])],
  );
  return {lines: gapped(lines), width: cells + 1 + 51, tellsWays: false};
}

const marks: readonly LessonMark[] = ['finished', 'next', 'begun', 'new'];

const markLegend = (look: Look): Line => [
  styled(` ${marks.map(mark => `${markOf(mark, look.glyphs)} ${look.say(lessonMarkText[mark])}`).join('  ')}`, {
    dim: true,
  }),
];

/** What else there is to do: reviews, and free play with its challenges; on one line where they fit. */
function waysOn({reviews, challenges}: HomeData, look: Look, width: number): Line[] {
  const {all, solved} = challenges;
  const free = look.say(solved > 0 ? homeText.freePlaySolved : homeText.freePlay, {n: all, solved});
  const ways = [...(reviews > 0 ? [way('R', look.say(homeText.toReview, {n: reviews}))] : []), way('e', free)];
  const joined = ways.flatMap((line, i) => (i === 0 ? line : [{text: '  '}, ...line]));
  return widthOf(joined) <= width ? [joined] : ways;
}

const way = (key: string, does: string): Span[] => [
  {text: ' '},
  styled(key, {bold: true, tone: 'key'}),
  {text: ` ${does}`},
];
