import {lessonCallText} from '../../messages/notation.ts';
import {actorText, screenText} from '../../messages/screen.ts';
import {actsOf} from '../../model/lesson.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled} from '../text/spans.ts';
import {hintLines, type Paragraph} from './paragraph.ts';
import type {TextData} from './text-data.ts';

/** Beside the call that the cursor is on. */
const cursors = {free: ' > ', held: ' = '} as const;

export const isCursor = ({text}: {readonly text: string}): boolean => text === cursors.free || text === cursors.held;

/** The calls in the learner's order, the cursor beside one of them. */
export function arrangingLines(data: TextData, look: Look, paragraph: Paragraph): Line[] {
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
  const wanted = data.isAnswerWanted ? paragraph(screenText.orderWanted, {bold: true}) : [];
  return [...wanted, ...paragraph(following.before), ...calls, ...hint];
}
