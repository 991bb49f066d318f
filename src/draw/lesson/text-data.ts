import type {Term} from '../../model/glossary.ts';
import type {Lesson, Step} from '../../model/lesson.ts';
import type {Text} from '../../model/text.ts';
import type {Lane, View} from '../../timeline/view.ts';

/** What the words of a moment are made from. */
export interface TextData {
  readonly view: View;
  readonly lesson: Lesson;
  readonly shown: Step | null;
  readonly following: Step | null;
  /** The order in which the choices of `following` are shown, as indexes. */
  readonly choices: readonly number[];
  readonly phase: 'reading' | 'asking' | 'arranging' | 'writing' | 'summary';
  readonly arrangement: {readonly order: readonly number[]; readonly at: number; readonly isHeld: boolean} | null;
  readonly isBusy: boolean;
  readonly isHintOpen: boolean;
  /** At a question the key to go on was pressed: what is wanted first is said. */
  readonly isAnswerWanted?: boolean;
  readonly ended: Pick<Lane, 'actor' | 'exit'> | null;
  readonly endOfRecording: boolean;
  /** At the end: the lesson that Enter begins; null when all are finished. */
  readonly nextLesson: {readonly number: number; readonly title: Text} | null;
  readonly port: number;
  /** The words to mark. */
  readonly terms?: readonly Term[];
}
