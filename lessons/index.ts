import type {Lesson} from '../src/model/lesson.ts';
import type {Text} from '../src/model/text.ts';
import {clientFlow} from './client-flow.ts';
import {echo} from './echo.ts';
import {serverFlow} from './server-flow.ts';

export interface Chapter {
  readonly title: Text;
  readonly lessons: readonly Lesson[];
}

/** The course, in its order. */
export const chapters: readonly Chapter[] = [
  {title: {ja: 'はじめに', en: 'First steps'}, lessons: [serverFlow, clientFlow, echo]},
];

export const lessons: readonly Lesson[] = chapters.flatMap(chapter => chapter.lessons);
