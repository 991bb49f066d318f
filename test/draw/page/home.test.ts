import {describe, expect, test} from 'vitest';
import {challengeCount, chapters, lessons} from '../../../lessons/index.ts';
import {noProgress, type Progress} from '../../../src/app/keep/progress.ts';
import {homeData} from '../../../src/app/screen/home-data.ts';
import {homePage} from '../../../src/app/screen/home-page.ts';
import {homeLines} from '../../../src/draw/page/home.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {sideOf} from '../../../src/model/actor.ts';
import {actsOf, asks} from '../../../src/model/lesson.ts';
import {type Language, languages} from '../../../src/model/text.ts';

const course = {chapters, lessons, challengeCount};

const finishedLesson = (id: string) => ({
  steps: 99,
  isFinished: true,
  answers: Object.fromEntries(
    (lessons.find(lesson => lesson.id === id)?.steps ?? [])
      .filter(asks)
      .map((step, i) => [step.id, i === 0 ? 'right' : 'wrong'] as const),
  ),
  at: 0,
  choices: {},
});

/** With these lessons finished, in this order. */
const having = (...ids: readonly string[]): Progress => ({
  ...noProgress,
  lessons: Object.fromEntries(ids.map(id => [id, finishedLesson(id)])),
});

const halfWay = (progress: Progress, id: string): Progress => ({
  ...progress,
  lessons: {
    ...progress.lessons,
    [id]: {
      ...(progress.lessons[id] ?? finishedLesson(id)),
      isFinished: progress.lessons[id]?.isFinished ?? false,
      at: 3,
    },
  },
});

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The list as it is drawn in a terminal of this size, with this lesson selected, or the one that comes next. */
function screen(
  progress: Progress,
  {width, height}: Size,
  {
    selected,
    search = null,
    language = 'en',
    ascii = false,
  }: {selected?: string; search?: string | null; language?: Language; ascii?: boolean} = {},
): string[] {
  const page = {...homePage(lessons, progress), search};
  const data = homeData(progress, selected === undefined ? page : {...page, selected}, course);
  const lines = homeLines(data, lookOf(language, ascii), {width, height: height - 2});
  for (const line of lines) expect([widthOf(line) <= width, textOf(line)]).toEqual([true, textOf(line)]);
  expect(lines.length).toBe(height - 2);
  return lines.map(textOf);
}

const at = (width: number, height: number): Size => ({width, height});
const sizes = [at(60, 18), at(80, 24), at(100, 30), at(120, 40), at(200, 50)];

const ids = lessons.map(({id}) => id);
/** Among them the one with the longest title, and the one with the most calls. */
const someIds = ids.filter((id, i) => i % 5 === 0 || id === 'nagle');
const everything = having(...ids);

describe.each(languages)('in %s', language => {
  test.each(sizes)(
    'nothing is cut in $width columns, whatever is selected, with nothing and with everything done',
    size => {
      const held = {
        ...everything,
        beliefs: Object.fromEntries(
          lessons.flatMap(({beliefs}) => Object.keys(beliefs)).map(id => [id, 'held'] as const),
        ),
        challenges: Object.fromEntries(Array.from({length: challengeCount}, (_, i) => [`c${i}`, 1])),
      };
      for (const progress of [noProgress, held, halfWay(noProgress, 'echo')])
        for (const selected of someIds)
          for (const ascii of [false, true])
            expect(screen(progress, size, {selected, language, ascii}).filter(line => line.includes('..'))).toEqual([]);
    },
  );

  test.each(sizes)('the selected lesson is listed, and its question told, in $width columns', size => {
    for (const {id, about, title} of lessons) {
      const lines = screen(noProgress, size, {selected: id, language});
      expect(lines.some(line => line.startsWith(' > ') && line.includes(title[language]))).toBe(true);
      const words = lines
        .slice(2, 6)
        .map(line => line.slice(0, size.width < 100 ? undefined : 70))
        .join('')
        .replaceAll(/\s/g, '');
      expect(words).toContain(about[language].replaceAll(/\s/g, '').slice(0, 16));
    }
  });
});

const nextOf = (progress: Progress): string | null => homeData(progress, homePage(lessons, progress), course).suggested;

describe('what comes next', () => {
  test.each([
    [[], ids[0]],
    [ids.slice(0, 2), ids[2]],
    [[ids[0], ids[1], ids[9]], ids[10]],
    [[ids[9], ids[0], ids[1]], ids[2]],
    [[ids.at(-1)], ids[0]],
    [ids.filter(id => id !== 'echo'), 'echo'],
    [ids, null],
  ])('after %j it is %s', (finished, next) => {
    expect(nextOf(having(...(finished as string[])))).toBe(next);
  });

  test('is never a lesson that was finished, also where that was left in its middle later', () => {
    expect(nextOf(halfWay(having(...ids.slice(0, 4)), 'echo'))).toBe(ids[4]);
    expect(nextOf(halfWay(everything, 'echo'))).toBe(null);
  });

  test('is the one that was left in its middle', () => {
    expect(nextOf(halfWay(having(...ids.slice(0, 2)), 'stream'))).toBe('stream');
  });

  test('is the one that Enter begins as the list opens, and that is said', () => {
    const lines = screen(having(...ids.slice(0, 2)), at(80, 24));
    expect(lines[2]).toMatch(/^ Next {2}3 {2}.* min {2}\d+ steps {2}\d+ predictions $/);
    expect(lines.some(line => /^ ▶ Enter begins/.test(line))).toBe(true);
    expect(lines.some(line => /^ > ▶ {2}3 {2}/.test(line))).toBe(true);
  });

  test('where all are finished that is said, with what is left', () => {
    expect(screen(everything, at(80, 24)).join('\n')).toContain('You have finished every lesson. Challenges are left.');
  });
});

test('the list counts what is finished, by chapter and in all, and how many predictions came true', () => {
  const lines = screen(having(...ids.slice(0, 2)), at(80, 24));
  expect(lines[0]).toMatch(new RegExp(`^ sockwalk .* 2/${lessons.length} finished $`));
  expect(lines.some(line => new RegExp(`^ First steps +2/${chapters[0]?.lessons.length} $`).test(line))).toBe(true);
  const asked = lessons[1]?.steps.filter(asks).length;
  expect(
    lines.some(line => new RegExp(`^ {3}✓ {2}2 {2}The server’s flow .* 1/${asked} right {3}\\d min $`).test(line)),
  ).toBe(true);
});

/** The map's rows, as `✓▶ socket` and the like, the server's and the client's. */
const mapOn = (lines: readonly string[]): string[] =>
  lines
    .slice(3, 14)
    .flatMap(line =>
      [...(/│(.*)│/.exec(line.slice(60))?.[1] ?? '').matchAll(/(✓[▶ ]| [▶·]) \w+/g)].map(([text]) => text),
    );

describe('the map', () => {
  test('is there from 100 columns on', () => {
    expect(screen(noProgress, at(99, 30)).join('\n')).not.toContain('The whole map');
    expect(screen(noProgress, at(100, 30)).join('\n')).toContain('The whole map');
  });

  test('has no call made while nothing was, and marks what the selected lesson makes', () => {
    expect(mapOn(screen(noProgress, at(100, 30), {selected: 'server-flow'})).every(text => text.startsWith(' ▶'))).toBe(
      true,
    );
    for (const {id, steps} of lessons) {
      const calls = steps
        .flatMap(actsOf)
        .filter(({actor}) => sideOf(actor) === 'server')
        .map(({call}) => call.name as string);
      const server = mapOn(screen(noProgress, at(100, 30), {selected: id})).slice(0, 3);
      expect([id, server]).toEqual([
        id,
        ['socket', 'bind', 'listen'].map(name => ` ${calls.includes(name) ? '▶' : '·'} ${name}`),
      ]);
    }
  });

  test('has the calls that were kept as made, on the side that made them', () => {
    const progress = {...noProgress, made: {server: ['socket', 'bind'], client: ['socket']}};
    const map = mapOn(screen(progress, at(100, 30), {selected: 'spot-the-bugs'}));
    expect(map.filter(text => text.startsWith('✓')).map(text => text.slice(3))).toEqual(['socket', 'bind', 'socket']);
  });

  test('has those of lessons that were finished before calls were kept', () => {
    const map = mapOn(screen(having('server-flow'), at(100, 30)));
    expect(map).toContain('✓▶ listen');
    expect(map).toContain('✓▶ connect');
  });
});

describe('the plan of a lesson', () => {
  test('is there from 120 columns on, says that it is one, and has the calls in their order', () => {
    expect(screen(noProgress, at(119, 40)).join('\n')).not.toContain('a plan');
    const lines = screen(noProgress, at(200, 50), {selected: 'echo'});
    expect(lines.join('\n')).toContain('a plan');
    expect(lines.join('\n')).toContain('nothing has happened yet');
    const planned = lines.flatMap(
      line =>
        /│ *[·?]? ?(\w*)(?: ×\d+)? *┊ {2}┊ (?:[·?] (\w+))?/
          .exec(line)
          ?.slice(1, 3)
          .filter(name => name) ?? [],
    );
    const acts = lessons.find(({id}) => id === 'echo')?.steps.flatMap(actsOf) ?? [];
    const names = acts.filter(
      ({actor, call}, i) => acts[i - 1]?.actor !== actor || acts[i - 1]?.call.name !== call.name,
    );
    expect(planned).toEqual(names.map(({call}) => call.name));
  });

  test('counts the calls that there is no room for', () => {
    expect(screen(noProgress, at(120, 40), {selected: 'nagle'}).join('\n')).toMatch(/↓ 1\d\d more calls/);
  });
});

test('a long search that finds nothing is told in one line', () => {
  const data = {...homeData(noProgress, homePage(lessons, noProgress), course), chapters: [], search: 'x'.repeat(500)};
  const lines = homeLines(data, lookOf('en', false), {width: 60, height: 16}).map(textOf);
  expect(lines.filter(line => line.includes('xx'))).toEqual([expect.stringMatching(/^ No lesson has “x+\.\.”\. *$/)]);
  expect(lines.join('\n')).not.toContain('New here?');
});
