import {actorText, screenText} from '../../messages/screen.ts';
import type {Step} from '../../model/lesson.ts';
import type {Look} from '../text/look.ts';
import {markerOf} from '../text/marked.ts';
import {type Line, styled, textOf} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {arrangingLines} from './arranging-text.ts';
import {choiceIndent} from './choice-lines.ts';
import {hintLines, type Paragraph, paragraphs} from './paragraph.ts';
import {isAsking} from './question-place.ts';
import {askingLines, type Writing} from './question-text.ts';
import {withHead} from './room.ts';
import type {TextData} from './text-data.ts';
import {claimLines, differenceLines, verdictLines} from './verdict-text.ts';

/**
 * The words of a moment: what just happened and why, and what comes next; or a question; or the end.
 *
 * @param room rows that there are for it: where it needs more, it does without blank ones and what may be missing
 */
export function stepTextLines(data: TextData, look: Look, width: number, room = Number.POSITIVE_INFINITY): Line[] {
  const mark = markerOf(data.terms ?? [], look.language);
  const paragraph = paragraphs(data.port, look, width - 2, mark);
  const choice = paragraphs(data.port, look, width - 1 - choiceIndent, mark);
  const writing = {look, paragraph, choice, width: width - 1, room};
  switch (data.phase) {
    case 'asking':
      return askingLines(data, writing);
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
      return isAsking(data) ? askingLines(data, writing) : readingLines(data, writing);
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

function readingLines(data: TextData, writing: Writing): Line[] {
  const {shown} = data;
  const {paragraph, room} = writing;
  const happened = shown ? happenedLines(shown, data, writing) : [paragraph(data.lesson.about)];
  const groups = [...happened, data.isBusy ? [] : comingLines(data, writing)];
  return withHead(shown && askedLines(shown, data, paragraph), groups, room);
}

/** What was asked, over its answer. */
const askedLines = ({id, predict}: Step, {view}: TextData, paragraph: Paragraph): Line[] =>
  predict && view.judgements[id] ? paragraph(predict.question, {bold: true}) : [];

/** The verdict, and the words about what happened. */
function happenedLines(shown: Step, data: TextData, writing: Writing): Line[][] {
  const {view} = data;
  const {look, paragraph} = writing;
  const judgement = view.judgements[shown.id];
  const isWithout = shown.arrange && judgement?.holds === false;
  return [
    verdictLines(shown, view, writing),
    [
      ...differenceLines(shown, view, writing),
      ...(shown.arrange ? [] : claimLines(judgement, look, paragraph)),
      ...(isWithout ? [] : paragraph(shown.after)),
      ...(isAlone(data) ? [[styled(` ${shown.sources.join(', ')}`, {dim: true})]] : []),
    ],
  ];
}

/** Nothing but the next step follows. */
const isAlone = ({isBusy, ended, isHintOpen, endOfRecording}: TextData): boolean =>
  !isBusy && !ended && !isHintOpen && !endOfRecording;

function comingLines(data: TextData, {look, paragraph}: Writing): Line[] {
  const {shown, following, ended} = data;
  if (ended) {
    const how = ended.exit?.signal ?? `exit ${ended.exit?.code}`;
    const words = ended.actor === 'network' ? screenText.networkEnded : screenText.actorEnded;
    const text = look.say(words, {actor: look.say(actorText[ended.actor]), how});
    return paragraph({ja: text, en: text}, {bold: true});
  }
  if (data.isHintOpen) return hintLines(shown?.hint ?? following?.hint, look, paragraph);
  if (data.endOfRecording) return paragraph(screenText.recordingEnds, {bold: true});
  return following ? nextLines(following, look, paragraph) : [];
}

function nextLines(step: Step, look: Look, paragraph: Paragraph): Line[] {
  return paragraph(
    {
      ja: `${look.glyphs.right} ${step.before.ja}`,
      en: `${look.glyphs.right} ${step.before.en}`,
    },
    {bold: true},
  );
}
