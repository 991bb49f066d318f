import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test as one} from 'vitest';
import {freshSeed} from '../../src/app/run/seed.ts';
import type {LogEvent} from '../../src/model/event.ts';
import type {Language} from '../../src/model/text.ts';
import {drawnOrder, numberShown} from '../../src/timeline/choice-order.ts';
import {linesOf, run} from '../cli/run.ts';
import {freshFolder} from '../fresh-folder.ts';
import {freePort} from '../kernel.ts';
import {until} from '../lab/until.ts';
import {casesOf} from '../long.ts';
import type {KeyName} from '../pty-keys.ts';
import {lessonNamed, opened} from '../walked.ts';
import {fromStart, inOneProgram} from './one-program.ts';
import {choicesOn, isAnswered, momentOf, Sockwalk} from './sockwalk.ts';

const test = one.concurrent;

const lesson = lessonNamed('client-flow');
const step = lesson.steps.find(({id}) => id === 'client-connect');
const choices = step?.predict?.choices ?? [];
const [right = -1, wrong = -1] = ['another one, chosen', 'the same as the server'].map(text =>
  choices.findIndex(choice => choice.text.en.startsWith(text)),
);
const orderOf = (seed: number) => drawnOrder(choices.length, seed, 'client-flow', 'client-connect');
/** With it no choice stands where the lesson has it. */
const seed = [...Array(100).keys()].find(one => orderOf(one).every((choice, i) => choice !== i)) ?? Number.NaN;
const order = orderOf(seed);
const keyOf = (choice: number) => String(numberShown(order, choice)) as KeyName;
const shownIn = (language: Language) => order.map(i => choices[i]?.text[language] ?? '');
const seeded = ['client-flow', '--seed', String(seed)];

/** The choices of the question on the screen, without the port and the spaces at which they are wrapped. */
const shownOn = ({screen, port}: Sockwalk) =>
  choicesOn(screen).map(text => text.replaceAll(String(port), '{port}').replaceAll(' ', ''));
const unspaced = (texts: readonly string[]) => texts.map(text => text.replaceAll(' ', ''));

/** At the first question, which nobody has answered in this walk. */
async function toQuestion(sockwalk: Sockwalk): Promise<void> {
  if (sockwalk.moment.kind !== 'asking') {
    await fromStart(sockwalk);
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
  }
  expect(sockwalk.moment.step).toBe(2);
}

test('every walk draws its own', async () => {
  expect(new Set(Array.from({length: 100}, freshSeed)).size).toBe(100);
  await using first = await opened(lesson);
  await using second = await opened(lesson);
  expect(first.seed).not.toBe(second.seed);
});

inOneProgram('with a seed that is named', {args: seeded}, toQuestion, test => {
  test('run again has the order of the seed that was named', async sockwalk => {
    expect(shownOn(sockwalk)).toEqual(unspaced(shownIn('en')));
    await sockwalk.press('r', screen => momentOf(screen).step === 0);
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
    expect(shownOn(sockwalk)).toEqual(unspaced(shownIn('en')));
  });

  test('the order stays when the language changes and when one goes back, and so does the number of the verdict', async sockwalk => {
    expect(shownOn(sockwalk)).toEqual(unspaced(shownIn('en')));
    await sockwalk.press('t', screen => screen.includes('予想する'));
    expect(shownOn(sockwalk)).toEqual(unspaced(shownIn('ja')));
    await sockwalk.press('t', screen => screen.includes('predict'));
    await sockwalk.press('Left', screen => momentOf(screen).kind === 'reading');
    await sockwalk.press('Right', screen => momentOf(screen).kind === 'asking');
    expect(shownOn(sockwalk)).toEqual(unspaced(shownIn('en')));
    await sockwalk.press(keyOf(right), isAnswered(keyOf(right), keyOf(right)));
    await sockwalk.press('Left', screen => momentOf(screen).step === 2);
    await sockwalk.press('Right', isAnswered(keyOf(right), keyOf(right)));
    const kept = () => sockwalk.progress().lessons['client-flow']?.choices['client-connect'];
    await until('the choice is kept by its place in the lesson', () => kept() === right);
  });

  test('a wrong answer is told with the numbers that were shown, and with its own reason', async sockwalk => {
    await sockwalk.press(keyOf(wrong), isAnswered(keyOf(right), keyOf(wrong)));
    expect(sockwalk.screen).toContain('is the server’s end. A connection has two ends');
  });
});

test('a lesson goes on in the order that it was left with', async () => {
  const file = join(freshFolder(), 'sockwalk', 'progress.json');
  const left = {steps: 2, isFinished: false, answers: {}, at: 2, choices: {}, seed: 5};
  mkdirSync(dirname(file));
  writeFileSync(file, JSON.stringify({version: 1, lessons: {'client-flow': left}}));
  await using sockwalk = await Sockwalk.open({args: ['client-flow'], dataHome: dirname(dirname(file))});
  await sockwalk.terminal.until(screen => momentOf(screen).step === 2);
  for (const {id, predict} of lesson.steps) {
    if (!predict) continue;
    await sockwalk.forwardTo(({kind}) => kind === 'asking');
    const order = drawnOrder(predict.choices.length, left.seed, lesson.id, id);
    expect(shownOn(sockwalk)).toEqual(unspaced(order.map(i => predict.choices[i]?.text.en ?? '')));
    await sockwalk.forward();
  }
  await until('the seed is kept', () => sockwalk.progress().lessons['client-flow']?.seed === 5);
});

test('a recording shows what was shown, and one of before orders were told, the order of the lesson', async () => {
  const port = ['--port', String(await freePort())];
  const text = await run(['play', ...seeded, ...port]);
  const json = await run(['play', ...seeded, '--format', 'json', ...port]);
  const events: LogEvent[] = linesOf(json.stdout).map(line => JSON.parse(line));
  const told = events.flatMap(event => (event.kind === 'call-started' && event.choices ? [event] : []));
  const asked = lesson.steps.flatMap(({id, predict}) => (predict ? [id] : []));
  expect(told.map(event => event.step)).toEqual(asked);
  expect(told[0]?.choices).toEqual(order);
  expect(numbered(text.stdout)[0]).toContain(`1  ${textOf(order[0])}`);
  expect(await replayed(json.stdout)).toEqual(numbered(text.stdout));
  const old = events.map(event => JSON.stringify({...event, choices: undefined}));
  expect((await replayed(`${old.join('\n')}\n`))[0]).toContain(`1  ${textOf(0)}`);
});

/** The beginning of a choice's text, up to where it may name the port. */
const textOf = (choice = Number.NaN): string => choices[choice]?.text.en.split(',')[0] ?? 'no such choice';

/** The lines of a transcript that have a choice and its number, or the number of the kernel's answer. */
const numbered = (transcript: string): string[] => linesOf(transcript).filter(line => /^ +(=> )?\d {2}\S/.test(line));

async function replayed(recording: string): Promise<string[]> {
  const file = join(freshFolder(), 'walk.jsonl');
  writeFileSync(file, recording);
  const {stdout} = await run(['replay', file]);
  return numbered(stdout);
}

test.each(casesOf(['-1', '4294967296', '1.5', 'x'], '4294967296'))('--seed %s is complained of', async word => {
  const {code, stderr} = await run(['play', 'echo', `--seed=${word}`]);
  expect({code, stderr}).toEqual({
    code: 2,
    stderr: `sockwalk: “${word}” is not a seed. A seed is a whole number from 0 to 4294967295.\n`,
  });
});
