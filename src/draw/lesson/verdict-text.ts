import {answererOf} from '../../claims/answerer.ts';
import {errnoText} from '../../messages/errno-words.ts';
import {fill} from '../../messages/fill.ts';
import {answererText, screenText} from '../../messages/screen.ts';
import type {Errno} from '../../model/errno.ts';
import type {Prediction, Step} from '../../model/lesson.ts';
import {orderShown} from '../../timeline/choice-order.ts';
import type {Judgement, View} from '../../timeline/view.ts';
import type {Look} from '../text/look.ts';
import type {Line} from '../text/spans.ts';
import {type ChoiceMark, choiceLines} from './choice-lines.ts';
import {labelled, marked, type Paragraph} from './paragraph.ts';
import type {Writing} from './question-text.ts';

/** `The kernel's answer`, over the verdict. */
export function headingOfAnswer({id, predict}: Step, view: View, look: Look): string | null {
  if (!predict || !view.judgements[id]) return null;
  const {whose} = answererText[answererOf(predict)];
  const heading = look.say(screenText.answer, {whose: look.say(whose)});
  return view.predictions[id] == null ? `${heading} (${look.say(screenText.notPredicted)})` : heading;
}

/** What the learner predicted beside what the kernel did: the question's choices, where they stood. */
export function verdictLines(step: Step, view: View, {look, paragraph, choice, width}: Writing): Line[] {
  const judgement = view.judgements[step.id];
  if (step.arrange && judgement) return arrangedLines(judgement, look, paragraph);
  const {predict} = step;
  if (!predict || !judgement) return [];
  const order = orderShown(view.choices[step.id], predict.choices.length);
  const said = view.predictions[step.id] ?? null;
  const lines = choiceLines(
    {
      texts: order.map(i => predict.choices[i]?.text),
      marks: order.map(i => markOf(i, said, judgement, predict, look)),
      number: {},
    },
    look,
    choice,
    width,
  );
  return judgement.fulfilled.length > 0 ? lines : [...lines, ...paragraph(screenText.noneFulfilled, {bold: true})];
}

function markOf(
  choice: number,
  said: number | null,
  {fulfilled}: Judgement,
  predict: Prediction,
  look: Look,
): ChoiceMark | null {
  const isRight = fulfilled.includes(choice);
  if (!isRight && choice !== said) return null;
  const {who} = answererText[answererOf(predict)];
  return {
    sign: isRight ? look.glyphs.yes : look.glyphs.no,
    whose: [...(isRight ? [who] : []), ...(choice === said ? [screenText.yourPrediction] : [])],
  };
}

/** Why a wrong prediction is wrong. */
export function differenceLines({id, predict}: Step, view: View, {look, paragraph}: Writing): Line[] {
  const said = view.predictions[id] ?? null;
  const judgement = view.judgements[id];
  if (said === null || !judgement || judgement.fulfilled.includes(said)) return [];
  const because = predict?.choices[said]?.because;
  return because ? labelled(screenText.differs, because, look, paragraph) : [];
}

/** Whether the learner's order worked, and if not, which call was the first that did not. */
function arrangedLines({holds, unmet}: Judgement, look: Look, paragraph: Paragraph): Line[] {
  if (holds) return paragraph(marked(look.glyphs.yes, screenText.orderWorks), {bold: true});
  const found = unmet[0]?.found ?? '';
  const errno = /E[A-Z0-9]+$/.exec(found)?.[0] as Errno | undefined;
  const meaning = errno && errnoText[errno] ? ` ${look.say(errnoText[errno])}` : '';
  const text = errno ? screenText.orderFails : screenText.orderSleeps;
  const values = {found: `${found}${meaning}`, call: found.replace(/ .*$/, '')};
  const why = {ja: fill(text, 'ja', values), en: fill(text, 'en', values)};
  return paragraph(marked(look.glyphs.no, why), {bold: true});
}

/** Where the kernel did not do what the lesson claims. */
export function claimLines(judgement: Judgement | undefined, look: Look, paragraph: Paragraph): Line[] {
  if (!judgement || judgement.holds) return [];
  const parts = judgement.unmet.map(part => look.say(screenText.claimPart, {...part}));
  return [
    ...paragraph(marked('!', screenText.claimFailed), {bold: true}),
    ...parts.flatMap(text => paragraph({ja: text, en: text}, {bold: true})),
  ];
}
