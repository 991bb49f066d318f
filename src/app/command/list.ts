import stringWidth from 'string-width';
import {jsonText} from '../../messages/json.ts';
import {statusMark, statusText} from '../../messages/status.ts';
import type {Lesson} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';
import {type Progress, statusOf} from '../keep/progress.ts';

/** One line a lesson, in their order, with the marks explained below. */
export function listText(lessons: readonly Lesson[], progress: Progress, language: Language): string {
  const idWidth = Math.max(...lessons.map(lesson => lesson.id.length));
  const titleWidth = Math.max(...lessons.map(lesson => stringWidth(lesson.title[language])));
  const rows = lessons.map((lesson, i) => {
    const title = lesson.title[language] + ' '.repeat(titleWidth - stringWidth(lesson.title[language]));
    return `${statusMark[statusOf(lesson, progress)]} ${String(i + 1).padStart(2)}  ${lesson.id.padEnd(idWidth)}  ${title}  ${lesson.about[language]}`;
  });
  const legend = Object.entries(statusMark).map(
    ([status, mark]) => `${mark} ${statusText[status as keyof typeof statusText][language]}`,
  );
  return [...rows, '', legend.join('  ')].join('\n');
}

export const listJson = (lessons: readonly Lesson[], progress: Progress): string =>
  jsonText(lessons.map(lesson => ({id: lesson.id, title: lesson.title, status: statusOf(lesson, progress)})));
