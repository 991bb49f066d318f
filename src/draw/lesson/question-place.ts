import {type Evidence, evidenceOf} from '../../claims/evidence.ts';
import {asks} from '../../model/lesson.ts';
import type {Look} from '../text/look.ts';
import {numberOfQuestion} from './question-text.ts';
import type {TextData} from './text-data.ts';
import {headingOfAnswer} from './verdict-text.ts';

/** The learner is asked, or has answered and the call is being made. */
export const isAsking = ({phase, isBusy, following, view}: TextData): boolean =>
  phase === 'asking' ||
  phase === 'arranging' ||
  (phase === 'reading' && isBusy && following?.predict !== undefined && following.id in view.predictions);

/** Over the text: which question it is, or that it is the answer; null where it is neither. */
export function headingOf(data: TextData, look: Look): string | null {
  const {following, shown, lesson, view, phase} = data;
  if (isAsking(data)) return following && asks(following) ? numberOfQuestion(lesson, following, look) : null;
  return shown && phase === 'reading' ? headingOfAnswer(shown, view, look) : null;
}

/** What shows the answer, while that is what the text is about. */
export const evidenceShown = (data: TextData): Evidence | null =>
  data.phase === 'reading' && !data.isBusy ? evidenceOf(data.view, data.lesson, data.shown) : null;
