import type {Lesson, Step} from '../model/lesson.ts';
import type {ReadFrame} from '../timeline/read-frames.ts';
import type {PointedView} from './pointer.ts';
import type {Look} from './text/look.ts';
import type {Line} from './text/spans.ts';

/** What is shown of a step beside its call. */
export interface PaneData {
  readonly view: PointedView;
  readonly lesson: Lesson;
  /** The step whose call is shown; null before the first. */
  readonly step: Step | null;
  readonly port: number;
  /** All that were captured by now, oldest first. */
  readonly frames: readonly ReadFrame[];
  readonly isRecorded: boolean;
}

/** In terminal cells. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Something drawn into a place of this size. */
export type Picture = (data: PaneData, look: Look, size: Size) => Line[];
