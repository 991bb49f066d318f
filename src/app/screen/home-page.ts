import type {Lesson} from '../../model/lesson.ts';
import {outlineOf} from '../../model/outline.ts';
import {heldBeliefs, type Progress, suggestedLesson} from '../keep/progress.ts';
import type {Intent} from '../keys/intents.ts';
import type {HomePage, ReviewRef, State} from './state.ts';

/** The list as it opens: on this lesson, or on the one that comes next for the learner. */
export function homePage(lessons: readonly Lesson[], progress: Progress, selected?: Lesson): HomePage {
  const lesson = selected ?? suggestedLesson(lessons, progress) ?? lessons[0];
  return {kind: 'home', selected: lesson?.id ?? '', search: null};
}

/** The list in place of the page that is shown: on its lesson, or, where that is done, on the one that comes next. */
export function leftFor(home: {readonly lessons: readonly Lesson[]; readonly isDone?: boolean}, state: State): State {
  const {lessons, isDone = false} = home;
  const here = isDone ? undefined : lessons.find(({id}) => isOf(state.page, id));
  return {...state, page: homePage(lessons, state.progress, here), overlay: null};
}

/** The lesson that a page is about, where it is about one. */
export const lessonAt = (page: Exclude<State['page'], HomePage>): Lesson | undefined =>
  page.kind === 'lab' ? page.from?.lesson : page.lesson;

/** Whether a page's lesson is this one, or a review question of it. */
function isOf(page: State['page'], lesson: string): boolean {
  const at = page.kind === 'home' ? page.selected : lessonAt(page)?.id;
  return at === lesson || at?.startsWith(`${lesson}/`) === true;
}

/** The lessons that are listed: all, or those in which every word that is searched for occurs, in either language. */
export function listed(lessons: readonly Lesson[], search: string | null): readonly Lesson[] {
  const words = (search ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  if (words.length === 0) return lessons;
  return lessons.filter(lesson => {
    const text = textOf(lesson);
    return words.every(word => text.includes(word));
  });
}

const texts = new WeakMap<Lesson, string>();

/** All that a lesson says where somebody might look for it. */
function textOf(lesson: Lesson): string {
  const {id, title, about, beliefs} = lesson;
  const known = texts.get(lesson);
  if (known !== undefined) return known;
  const said = [title, about, ...Object.values(beliefs)].flatMap(({ja, en}) => [ja, en]);
  const calls = lesson.steps.flatMap(({call}) => [`${call.name}()`, ...('option' in call ? [call.option] : [])]);
  const text = [id, ...said, ...calls].join('\n').toLowerCase();
  texts.set(lesson, text);
  return text;
}

/** How far each intent moves the selection. */
const strides: Partial<Record<Intent['kind'], number>> = {
  ...{up: -1, down: 1, back: -10, next: 10},
  ...{'to-start': Number.NEGATIVE_INFINITY, 'to-end': Number.POSITIVE_INFINITY},
};

/** The list after the selection moved or the search changed. What is selected is always listed, if anything is. */
export function moved(page: HomePage, intent: Intent, lessons: readonly Lesson[]): HomePage {
  const shown = listed(lessons, page.search);
  const at = shown.findIndex(({id}) => id === page.selected);
  const lesson = shown[Math.min(shown.length - 1, Math.max(0, at + (strides[intent.kind] ?? 0)))];
  return {...page, selected: lesson?.id ?? page.selected};
}

export function searched(page: HomePage, search: string | null, lessons: readonly Lesson[]): HomePage {
  const shown = listed(lessons, search);
  const isListed = shown.some(({id}) => id === page.selected);
  return {...page, search, selected: isListed ? page.selected : (shown[0]?.id ?? page.selected)};
}

/** The review questions about what the learner believed wrongly and has not put right yet. */
export function dueReviews(lessons: readonly Lesson[], progress: Progress): readonly ReviewRef[] {
  return heldBeliefs(progress).flatMap(belief => reviewsOf(lessons, belief).slice(0, 1));
}

/** How many those are, which the outlines know. */
export function dueCount(lessons: readonly Lesson[], progress: Progress): number {
  const asked = new Set(lessons.flatMap(lesson => outlineOf(lesson).reviews));
  return heldBeliefs(progress).filter(belief => asked.has(belief)).length;
}

const reviewsOf = (lessons: readonly Lesson[], belief: string): ReviewRef[] =>
  lessons.flatMap(lesson => lesson.review.filter(review => review.belief === belief).map(review => ({lesson, review})));

/** The review questions of one lesson. */
export const ownReviews = (lesson: Lesson): readonly ReviewRef[] => lesson.review.map(review => ({lesson, review}));
