import type {CallsBySide} from '../../draw/page/course-map.ts';
import type {HomeData} from '../../draw/page/home.ts';
import type {HomeRow, LessonMark} from '../../draw/page/lesson-list.ts';
import {sideOf} from '../../model/actor.ts';
import type {Course} from '../../model/course.ts';
import type {Lesson} from '../../model/lesson.ts';
import {type OutlineCall, outlineOf} from '../../model/outline.ts';
import {agreementOf, leftAt, type Progress, statusOf, suggestedLesson} from '../keep/progress.ts';
import {dueCount, listed} from './home-page.ts';
import type {HomePage} from './state.ts';

/** What the list shows. */
export function homeData(progress: Progress, {selected, search}: HomePage, course: Course): HomeData {
  const {chapters, lessons, challengeCount} = course;
  const shown = new Set(listed(lessons, search));
  const suggested = suggestedLesson(lessons, progress);
  const listedChapters = chapters.map(({title, lessons: own}) => ({
    title,
    rows: own.filter(lesson => shown.has(lesson)).map(lesson => rowOf(lesson, suggested, lessons, progress)),
    finished: finishedOf(own, progress).length,
    all: own.length,
  }));
  const chosen = lessons.find(({id}) => id === selected);
  return {
    chapters: listedChapters.filter(({rows}) => rows.length > 0),
    finished: finishedOf(lessons, progress).length,
    all: lessons.length,
    isFirstTime: lessons.every(lesson => statusOf(lesson, progress) === 'new'),
    selected,
    suggested: suggested?.id ?? null,
    search,
    reviews: dueCount(lessons, progress),
    challenges: {all: challengeCount, solved: Object.keys(progress.challenges).length},
    made: madeBy(progress, lessons),
    moves: bySide(chosen ? outlineOf(chosen).calls : []),
  };
}

const finishedOf = (lessons: readonly Lesson[], {lessons: own}: Progress): Lesson[] =>
  lessons.filter(({id}) => own[id]?.isFinished);

function rowOf(lesson: Lesson, suggested: Lesson | null, lessons: readonly Lesson[], progress: Progress): HomeRow {
  const mark = markOf(lesson, suggested, progress);
  const agreed = agreementOf(lesson, progress);
  return {
    lesson,
    number: lessons.indexOf(lesson) + 1,
    mark,
    at: leftAt(lesson, progress),
    agreed: mark === 'finished' && agreed.asked > 0 ? agreed : null,
  };
}

function markOf(lesson: Lesson, suggested: Lesson | null, progress: Progress): LessonMark {
  if (lesson === suggested) return 'next';
  if (progress.lessons[lesson.id]?.isFinished) return 'finished';
  return statusOf(lesson, progress) === 'new' ? 'new' : 'begun';
}

/** What was kept call by call; of lessons that were finished before that was kept, what nobody finishes them without. */
function madeBy({made, lessons: own}: Progress, lessons: readonly Lesson[]): CallsBySide {
  const finished = lessons.filter(({id}) => own[id]?.isFinished);
  const sure = bySide(finished.flatMap(lesson => outlineOf(lesson).calls).filter(({isUnsure}) => !isUnsure));
  return {server: new Set([...made.server, ...sure.server]), client: new Set([...made.client, ...sure.client])};
}

const bySide = (calls: readonly OutlineCall[]): CallsBySide => ({
  server: namesOf(calls, 'server'),
  client: namesOf(calls, 'client'),
});

const namesOf = (calls: readonly OutlineCall[], side: 'server' | 'client'): ReadonlySet<string> =>
  new Set(calls.filter(({actor}) => sideOf(actor) === side).map(({name}) => name));
