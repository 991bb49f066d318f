import {plainText} from '../../draw/text/glyphs.ts';
import {cliText} from '../../messages/cli.ts';
import {fill} from '../../messages/fill.ts';
import type {Lesson} from '../../model/lesson.ts';
import {drawnOrder} from '../../timeline/choice-order.ts';
import type {Walk} from '../run/walk.ts';
import type {Style} from './style.ts';
import type {Transcript} from './transcript.ts';

interface Asking {
  readonly answers: AsyncIterator<string>;
  readonly out: (line: string) => void;
  readonly style: Style;
}

/** Asks in lines of text what the learner predicts for the next step, and puts that into the log. */
export async function askPrediction(walk: Walk, transcript: Transcript, asking: Asking): Promise<void> {
  const {nextStep: step, lesson} = walk;
  if (!step?.predict) return;
  const count = step.predict.choices.length;
  const order = drawnOrder(count, walk.seed, lesson.id, step.id);
  const say = (text: string) => asking.out(`    ${asking.style.ascii ? plainText(text) : text}`);
  for (const line of transcript.asking(lesson.id, step.id, order)) asking.out(line);
  if (isTimed(lesson, walk.performed)) return say(cliText.askTimer[asking.style.language]);
  const number = await answerTo(count, say, asking);
  const choice = number === null ? null : (order[number - 1] ?? null);
  walk.predict(choice);
}

/** A number from 1 on; null for none, also where no more answers come. */
async function answerTo(count: number, say: (text: string) => void, {answers, style}: Asking): Promise<number | null> {
  const {language} = style;
  for (;;) {
    say(fill(cliText.askAnswer, language, {count}));
    const answer = await answers.next().catch(() => null);
    const word = answer?.done === false ? answer.value.normalize('NFKC').trim() : '';
    if (word === '') return null;
    if (/^[1-9]$/.test(word) && Number(word) <= count) return Number(word);
    say(fill(cliText.askAgain, language, {count}));
  }
}

/** Whether the kernel forgets, while this is read, what a later step or this one is about. */
const isTimed = ({steps}: Lesson, at: number): boolean =>
  steps.some(
    ({expires}, i) => i >= at && expires !== undefined && steps.findIndex(({id}) => id === expires.after) < at,
  );
