import {answererOf} from '../../claims/answerer.ts';
import {filledIn} from '../../messages/fill.ts';
import {answererText, screenText} from '../../messages/screen.ts';
import {asks, type Lesson, type Step} from '../../model/lesson.ts';
import type {Text} from '../../model/text.ts';
import type {Look} from '../text/look.ts';
import type {Line} from '../text/spans.ts';
import {choiceLines} from './choice-lines.ts';
import {hintLines, type Paragraph} from './paragraph.ts';
import {spaced, withAside} from './room.ts';
import type {TextData} from './text-data.ts';

/** What is written how wide: whole lines, and the texts of choices. */
export interface Writing {
  readonly look: Look;
  readonly paragraph: Paragraph;
  readonly choice: Paragraph;
  /** Cells of a line. */
  readonly width: number;
  /** Rows that there are for all of it. */
  readonly room: number;
}

/** `prediction 3/6`: which of the lesson's questions this is. */
export function numberOfQuestion({steps}: Pick<Lesson, 'steps'>, step: Step, look: Look): string {
  const asked = steps.filter(asks);
  const text = step.arrange ? screenText.orderNumber : screenText.questionNumber;
  return look.say(text, {n: asked.indexOf(step) + 1, of: asked.length});
}

/** A question and its choices. While its call is made, it stays, with the learner's answer beside it. */
export function askingLines(data: TextData, {look, paragraph, choice, width, room}: Writing): Line[] {
  const step = data.following;
  if (!step?.predict) return [];
  const {question, choices} = step.predict;
  const said = data.isBusy ? (data.view.predictions[step.id] ?? null) : null;
  // In the order of the screen: a word is marked where it comes first.
  const before = paragraph(step.before);
  const asked = paragraph(question, {bold: true});
  const offered = choiceLines(
    {
      texts: data.choices.map(i => choices[i]?.text),
      marks: data.choices.map(i => (i === said ? {sign: ' ', whose: [screenText.yourPrediction]} : null)),
      number: data.isBusy ? {} : {bold: true, tone: 'key'},
    },
    look,
    choice,
    width,
  );
  const hint = data.isHintOpen ? hintLines(step.hint, look, paragraph) : [];
  const needed = [before, asked, offered, hint];
  if (data.isAnswerWanted) return withWanted(needed, paragraph(wanted(choices.length), {bold: true}), room);
  if (data.isBusy) return spaced(needed, room);
  const {who} = answererText[answererOf(step.predict)];
  return withAside(needed, paragraph(filledIn(screenText.mayBeWrong, {who}), {dim: true}), room);
}

/** The digits are named one by one: `1 2 3`. */
const wanted = (count: number): Text => {
  const digits = Array.from({length: count}, (_, i) => i + 1).join(' ');
  return filledIn(screenText.answerWanted, {digits: {ja: digits, en: digits}});
};

/** Below the question; where there is no room below, above it. */
const withWanted = (needed: readonly Line[][], words: Line[], room: number): Line[] =>
  spaced([needed.flat().length + words.length > room ? words : [], ...needed, words], room);
