import {errnoText} from '../../messages/errnos.ts';
import {fill} from '../../messages/fill.ts';
import {lessonCallText} from '../../messages/notation.ts';
import {actorText, answererText, screenText} from '../../messages/screen.ts';
import type {Errno} from '../../model/errno.ts';
import type {Term} from '../../model/glossary.ts';
import {actsOf, type Claim, type Lesson, type Prediction, type Step} from '../../model/lesson.ts';
import type {Language, Text} from '../../model/text.ts';
import {numberShown, numbersShown, orderShown} from '../../timeline/choice-order.ts';
import type {Judgement, Lane, View} from '../../timeline/view.ts';
import type {Look} from '../text/look.ts';
import {type Marker, markerOf} from '../text/marked.ts';
import {fitLine, type Line, plain, styled, textOf} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';

export interface TextData {
  readonly view: View;
  readonly lesson: Lesson;
  readonly shown: Step | null;
  readonly following: Step | null;
  /** The order in which the choices of `following` are shown, as indexes. */
  readonly choices: readonly number[];
  readonly phase: 'reading' | 'asking' | 'arranging' | 'writing' | 'summary';
  readonly arrangement: {readonly order: readonly number[]; readonly at: number; readonly isHeld: boolean} | null;
  readonly isBusy: boolean;
  readonly isHintOpen: boolean;
  readonly ended: Pick<Lane, 'actor' | 'exit'> | null;
  readonly endOfRecording: boolean;
  /** At the end: the lesson that Enter begins; null when all are finished. */
  readonly nextLesson: {readonly number: number; readonly title: Text} | null;
  readonly port: number;
  /** The words to mark. */
  readonly terms?: readonly Term[];
}

/** The words of a moment: what just happened and why, and what comes next; or a question; or the end. */
export function stepTextLines(data: TextData, look: Look, width: number): Line[] {
  const mark = markerOf(data.terms ?? [], look.language);
  const paragraph = paragraphs(data.port, look, width - 2, mark);
  switch (data.phase) {
    case 'asking':
      return askingLines(data, look, paragraph, paragraphs(data.port, look, width - 2 - choiceIndent.length, mark));
    case 'arranging':
      return arrangingLines(data, look, paragraph);
    case 'writing':
      return paragraph(data.following?.before);
    case 'summary':
      return [
        [styled(` ${look.glyphs.made} ${look.say(screenText.lessonDone)}`, {bold: true})],
        [],
        ...paragraph(data.lesson.summary),
        ...agreementLines(data, look),
        [],
        ...leadsOn(data, look, width),
      ];
    case 'reading':
      return readingLines(data, look, paragraph);
  }
}

/** All the words of a moment, each paragraph on a line of its own. */
export const wordsOf = (data: TextData, look: Look): string =>
  stepTextLines(data, look, withoutWrapping).map(textOf).join('\n');
const withoutWrapping = 100_000;

/** How many of the predictions that were made the kernel agreed with. */
function agreementLines({view, lesson}: TextData, look: Look): Line[] {
  const made = lesson.steps.flatMap(step => {
    const choice = view.predictions[step.id];
    return typeof choice === 'number' ? [view.judgements[step.id]?.fulfilled.includes(choice) === true] : [];
  });
  if (made.length === 0) return [];
  const right = made.filter(agreed => agreed).length;
  const wrong = made.length - right;
  const agreed = look.say(screenText.agreed, {asked: made.length, right});
  const again = wrong > 0 ? ` ${look.say(screenText.askedAgain, {wrong})}` : '';
  return [[], [styled(` ${agreed}${again}`, {bold: true})]];
}

/** What Enter goes on with. */
function leadsOn({nextLesson}: TextData, look: Look, width: number): Line[] {
  const said = nextLesson
    ? look.say(screenText.nextLesson, {number: nextLesson.number, title: look.say(nextLesson.title)})
    : look.say(screenText.allFinished);
  const [first = '', ...rest] = wrap(said, width - 10);
  return [
    [{text: ` ${look.glyphs.next} `}, styled('Enter', {bold: true, tone: 'key'}), {text: `  ${first}`}],
    ...rest.map((text): Line => [{text: ` ${text}`}]),
  ];
}

/** A verdict, which its mark and its words tell. */
const marked = (mark: string, {ja, en}: Text): Text => ({ja: `${mark} ${ja}`, en: `${mark} ${en}`});

type Paragraph = (text: Text | undefined, style?: Omit<Line[number], 'text'>) => Line[];

const paragraphs =
  (port: number, look: Look, width: number, mark: Marker): Paragraph =>
  (text, style = {}) =>
    text ? mark(look.say(text, {port}), width, style).map(line => [styled(' ', style), ...line]) : [];

function readingLines(data: TextData, look: Look, paragraph: Paragraph): Line[] {
  const {shown, following, view} = data;
  const judgement = shown ? view.judgements[shown.id] : undefined;
  const happened = shown
    ? [
        ...verdictLines(shown, judgement, view, look, paragraph),
        ...(shown.arrange ? [] : claimLines(judgement, look, paragraph)),
        ...(shown.arrange && judgement?.holds === false ? [] : paragraph(shown.after)),
      ]
    : paragraph(data.lesson.about);
  if (data.isBusy) return happened;
  if (data.ended) {
    const how = data.ended.exit?.signal ?? `exit ${data.ended.exit?.code}`;
    const words = data.ended.actor === 'network' ? screenText.networkEnded : screenText.actorEnded;
    const text = look.say(words, {actor: look.say(actorText[data.ended.actor]), how});
    return [...happened, [], ...paragraph({ja: text, en: text}, {bold: true})];
  }
  if (data.isHintOpen) return [...happened, [], ...hintLines(shown?.hint ?? following?.hint, look, paragraph)];
  if (data.endOfRecording) return [...happened, [], ...paragraph(screenText.recordingEnds, {bold: true})];
  const sources: Line[] = shown ? [[styled(` ${shown.sources.join(', ')}`, {dim: true})]] : [];
  return following ? [...happened, ...sources, ...nextLines(following, look, paragraph)] : [...happened, ...sources];
}

function nextLines(step: Step, look: Look, paragraph: Paragraph): Line[] {
  const [first = [], ...rest] = paragraph(
    {
      ja: `${look.glyphs.right} ${step.before.ja}`,
      en: `${look.glyphs.right} ${step.before.en}`,
    },
    {bold: true},
  );
  return [[], first, ...rest];
}

/** Where the text of a choice stands, after its number. */
const choiceIndent = '     ';

function askingLines(data: TextData, look: Look, paragraph: Paragraph, choiceParagraph: Paragraph): Line[] {
  const step = data.following;
  if (!step?.predict) return [];
  // In the order of the screen: a word is marked where it comes first.
  const before = paragraph(step.before);
  const question = paragraph(step.predict.question, {bold: true});
  const choices = data.choices.flatMap((choice, i) => {
    const [first = plain(''), ...more] = choiceParagraph(step.predict?.choices[choice]?.text);
    return [
      [styled(`   ${i + 1} `, {bold: true, tone: 'key'}), ...first],
      ...more.map((line): Line => [{text: choiceIndent}, ...line]),
    ];
  });
  const hint = data.isHintOpen ? hintLines(step.hint, look, paragraph) : [];
  const roomy: Line[] = hint.length > 0 ? [] : [[]];
  return [...before, ...roomy, ...question, ...roomy, ...choices, ...hint];
}

/** Beside the call that the cursor is on. */
const cursors = {free: ' > ', held: ' = '} as const;

export const isCursor = ({text}: {readonly text: string}): boolean => text === cursors.free || text === cursors.held;

/** The calls in the learner's order, the cursor beside one of them. */
function arrangingLines(data: TextData, look: Look, paragraph: Paragraph): Line[] {
  const {following, arrangement, port} = data;
  if (!following || !arrangement) return [];
  const acts = actsOf(following);
  const calls = arrangement.order.flatMap((index, i): Line[] => {
    const act = acts[index];
    if (!act) return [];
    const isHere = i === arrangement.at;
    const cursor = isHere ? (arrangement.isHeld ? cursors.held : cursors.free) : '   ';
    const text = lessonCallText(act.call, '', look.ascii).replaceAll('{port}', String(port));
    const style = isHere ? {bold: true, inverse: arrangement.isHeld} : {};
    return [
      [
        styled(cursor, {bold: true}),
        styled(String(i + 1).padStart(2), {dim: true}),
        {text: '  '},
        ...fitLine([styled(look.say(actorText[act.actor]), {tone: act.actor})], 14),
        styled(text, style),
      ],
    ];
  });
  const hint = data.isHintOpen ? hintLines(following.hint, look, paragraph) : [];
  return [...paragraph(following.before), ...calls, ...hint];
}

const hintLines = (hint: Text | undefined, look: Look, paragraph: Paragraph): Line[] => {
  const text = hint ?? screenText.noHint;
  const label = look.say(screenText.hint);
  return paragraph({ja: `${label} ${text.ja}`, en: `${label} ${text.en}`});
};

/** What the learner predicted beside what the kernel did. */
function verdictLines(
  step: Step,
  judgement: Judgement | undefined,
  view: View,
  look: Look,
  paragraph: Paragraph,
): Line[] {
  if (step.arrange && judgement) return arrangedLines(judgement, look, paragraph);
  if (!step.predict || !judgement) return [];
  const choice = view.predictions[step.id] ?? null;
  const order = orderShown(view.choices[step.id], step.predict.choices.length);
  const right = numbersShown(order, judgement.fulfilled).join(', ');
  const {predict} = step;
  const numbers = {choice: choice === null ? '' : numberShown(order, choice), right};
  const said = (text: Text): Text => verdictText(text, predict, choice, judgement, numbers);
  if (choice === null) return paragraph(said(screenText.notPredicted), {dim: true});
  if (judgement.fulfilled.includes(choice))
    return paragraph(marked(look.glyphs.yes, said(screenText.youSaid)), {bold: true});
  const text = judgement.fulfilled.length > 0 ? screenText.youSaidWrong : screenText.noneFulfilled;
  return [
    ...paragraph(marked(look.glyphs.no, said(text)), {bold: true}),
    ...paragraph(predict.choices[choice]?.because),
  ];
}

/** With the words of the choices: they have left the screen when the verdict comes. */
function verdictText(
  text: Text,
  {choices}: Prediction,
  choice: number | null,
  {fulfilled}: Judgement,
  numbers: {readonly choice: number | string; readonly right: string},
): Text {
  const {who, whose} = answererText[choices.some(({claim}) => isOfNode(claim)) ? 'node' : 'kernel'];
  const inLanguage = (language: Language): string =>
    fill(text, language, {
      ...numbers,
      who: who[language],
      whose: whose[language],
      said: choices[choice ?? 0]?.text[language] ?? '',
      answer: fulfilled.map(i => choices[i]?.text[language]).join(', '),
    });
  return {ja: inLanguage('ja'), en: inLanguage('en')};
}

/** What a Node process wrote, called or how it ended is no answer of the kernel's. */
function isOfNode({says, traced, outcome, completes}: Claim): boolean {
  const kinds: readonly (string | undefined)[] = [outcome?.kind, completes?.outcome.kind];
  return says !== undefined || traced !== undefined || kinds.some(kind => kind === 'ends' || kind === 'throws');
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

function claimLines(judgement: Judgement | undefined, look: Look, paragraph: Paragraph): Line[] {
  if (!judgement || judgement.holds) return [];
  const parts = judgement.unmet.map(part => look.say(screenText.claimPart, {...part}));
  return [
    ...paragraph(marked('!', screenText.claimFailed), {bold: true}),
    ...parts.flatMap(text => paragraph({ja: text, en: text}, {bold: true})),
  ];
}
