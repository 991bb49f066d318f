import type {HomeData} from '../../draw/page/home.ts';
import type {Course} from '../../model/course.ts';
import type {Lesson} from '../../model/lesson.ts';
import {leftAt, type Progress, statusOf, suggestedLesson} from '../keep/progress.ts';
import {dueReviews, listed} from './home-page.ts';
import type {HomePage} from './state.ts';

/** What the list shows. */
export function homeData(progress: Progress, {selected, search}: HomePage, {chapters, lessons}: Course): HomeData {
  const shown = new Set(listed(lessons, search));
  const rowOf = (lesson: Lesson) => ({
    lesson,
    number: lessons.indexOf(lesson) + 1,
    status: statusOf(lesson, progress),
    at: leftAt(lesson, progress),
  });
  const listedChapters = chapters.map(({title, lessons: own}) => ({
    title,
    rows: own.filter(lesson => shown.has(lesson)).map(rowOf),
  }));
  const all = lessons.map(lesson => statusOf(lesson, progress));
  return {
    chapters: listedChapters.filter(({rows}) => rows.length > 0),
    passed: all.filter(status => status === 'passed').length,
    all: all.length,
    isFirstTime: all.every(status => status === 'new'),
    selected,
    suggested: suggestedLesson(lessons, progress)?.id ?? null,
    search,
    reviews: dueReviews(lessons, progress).length,
  };
}
