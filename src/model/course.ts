import type {Challenge} from './challenge.ts';
import type {Term} from './glossary.ts';
import type {Lesson} from './lesson.ts';
import type {Text} from './text.ts';

export interface Chapter {
  readonly title: Text;
  readonly lessons: readonly Lesson[];
}

/** What the list shows. */
export interface Course {
  readonly chapters: readonly Chapter[];
  /** Those of all chapters, in their order. */
  readonly lessons: readonly Lesson[];
  /** How many challenges there are: the list tells that before they are loaded. */
  readonly challengeCount: number;
}

/** What goes with the lessons, and the list does without. */
export interface Reference {
  readonly glossary: readonly Term[];
  readonly challenges: readonly Challenge[];
}

/** All that is taught. It is handed to the program, which reaches for none of it. */
export interface Taught extends Course, Reference {}
