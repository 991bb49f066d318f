import {spawn} from 'node:child_process';
import {describe, expect, test as one} from 'vitest';
import {drawnOrder} from '../../src/timeline/choice-order.ts';
import {program} from '../components/sockwalk.ts';
import {freePort} from '../kernel.ts';
import {until} from '../lab/until.ts';
import {openTerminal} from '../pty.ts';
import {terminalEnvironment} from '../pty-environment.ts';
import {lessonNamed} from '../walked.ts';
import {run} from './run.ts';

const test = one.concurrent;

/** A lesson that is asked in text, with these lines on standard input, once the first question is there. */
async function asked(
  lang: string,
  id: string,
  answers: readonly string[],
  before: (out: string, pid: number) => void = () => {},
): Promise<[number | null, string, string]> {
  const args = ['play', '--ask', id, '--seed', '7', '--lang', lang, '--port', String(await freePort())];
  const child = spawn(process.execPath, [program, ...args], {env: terminalEnvironment({})});
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text;
  });
  child.stdin.on('error', () => {});
  if (answers.length > 0) await until('the first question', () => /Type the number|Enter を/.test(out));
  before(out, child.pid ?? 0);
  child.stdin.end(answers.map(line => `${line}\n`).join(''));
  return [await new Promise(resolve => child.once('close', resolve)), out, err];
}

const lesson = lessonNamed('refused');
const questions = lesson.steps.filter(step => step.predict !== undefined);
const [first] = questions;
if (!first?.predict) throw new Error('refused asks nothing');
const {choices} = first.predict;
const order = drawnOrder(choices.length, 7, lesson.id, first.id);

describe('play --ask', () => {
  test('asks before the call, in the order of the walk, and says what came of each answer', async () => {
    const all = choices.map((_, i) => asked('en', lesson.id, [String(i + 1)]));
    const outs = (await Promise.all(all)).map(([code, out, err]) => {
      expect([code, err]).toEqual([0, '']);
      return out;
    });
    expect(outs.filter(out => out.includes(', came true.'))).toHaveLength(1);
    expect(outs.filter(out => out.includes(', did not come true.'))).toHaveLength(choices.length - 1);
    for (const out of outs) {
      const flat = out.replaceAll(/\s+/g, ' ');
      const places = order.map((choice, i) => flat.indexOf(`${i + 1} ${choices[choice]?.text.en.slice(0, 20)}`));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(Math.min(...places)).toBeGreaterThan(-1);
      expect(flat.indexOf('Type the number')).toBeGreaterThan(Math.max(...places));
      expect(flat.split(`/${lesson.steps.length} ${first.id} `)).toHaveLength(2);
    }
  });

  test('asks again after what is no answer, takes full-width digits, and goes on alone when the input ends', async () => {
    const [code, out, err] = await asked('ja', lesson.id, ['9', 'x', '１']);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('までの番号ではありません')).toHaveLength(3);
    expect(out.replaceAll(/\s/g, '')).toMatch(/あなた1「[^」]*」\/カーネル「|一致しました。あなたもカーネルも「/);
    expect(out.split('Enter を押してください')).toHaveLength(1 + 2 + questions.length);
  });

  test('does not judge a prediction that the kernel was not asked about, its process having ended', async () => {
    const [code, out] = await asked('en', lesson.id, ['1'], said =>
      process.kill(Number(/client pid (\d+)/.exec(said)?.[1]), 'SIGKILL'),
    );
    expect(code).toBe(1);
    expect(out).not.toContain('Your prediction');
  });

  test('ends by a signal while it asks', async () => {
    const [code] = await asked('en', lesson.id, ['2'], (_, pid) => process.kill(pid, 'SIGTERM'));
    expect(code).toBe(143);
  });

  test('does not ask where a timer of the kernel’s would run out meanwhile', async () => {
    const [code, out] = await asked('en', 'server-flow', []);
    expect(code).toBe(0);
    expect(out).toContain('a timer of the kernel’s does not wait');
  });

  test.each([
    ['list', '--ask'],
    ['play', '--ask', 'echo', '--format', 'json'],
    ['play', '--ask', '--script', 'x'],
  ])('%s %s …: goes with lessons as text only', async (...args) => {
    const {code, stderr} = await run([...args, '--lang', 'en']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--ask goes with play of lessons')]);
  });
});

test('a dumb terminal has the lesson as text, and is told why and what asks', async () => {
  const command = [process.execPath, program, 'refused', '--lang', 'en', '--no-progress'];
  await using terminal = openTerminal('env', ['TERM=dumb', ...command], {columns: 80, rows: 24});
  await terminal.until('the kernel did what the lesson claims');
  expect(await terminal.exited).toMatchObject({exitCode: 0});
  expect(terminal.raw).toContain('where TERM is dumb');
  expect(terminal.raw).toContain('play --ask');
  expect(terminal.raw).not.toContain('\x1b');
});
