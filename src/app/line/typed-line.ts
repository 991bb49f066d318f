import type {Complaint} from '../words/complaint.ts';
import {completed, completionOf} from './completion.ts';
import type {Scene} from './scene.ts';

/** The line that is being typed. */
export interface TypedLine {
  readonly text: string;
  /** Counts the lines that were put there and not typed: the cursor goes to the end of such a one. */
  readonly placed: number;
  /** What is wrong with the line, and where in it the word is that is. */
  readonly problem: {readonly complaint: Complaint; readonly at: number} | null;
  /** It was refused, and came back as it was: what is written next takes its place. */
  readonly isBack: boolean;
  /** Lines that were made, the newest first. */
  readonly history: readonly string[];
  /** Which of them is shown; -1 when none is. */
  readonly recalled: number;
  /** The words that Tab goes through, and the one that stands there; null when it was not pressed last. */
  readonly cycle: {readonly from: number; readonly words: readonly string[]; readonly at: number} | null;
}

/** Lines that can be recalled. */
const historyKept = 100;

export const emptyLine: TypedLine = {
  text: '',
  placed: 0,
  problem: null,
  isBack: false,
  history: [],
  recalled: -1,
  cycle: null,
};

/** The line is taken, and is the newest that can be recalled at once: the next one may be typed. */
export const taken = (line: TypedLine): TypedLine => ({
  ...line,
  text: '',
  problem: null,
  isBack: false,
  history: [line.text, ...without(line.history, line.text)].slice(0, historyKept),
  recalled: -1,
  cycle: null,
});

const without = (history: readonly string[], text: string): readonly string[] =>
  history.filter(other => other !== text);

/** What is written at the end of a line that came back takes its place: the learner writes another one. An edit in it mends it. */
export const writtenOn = ({text, isBack}: TypedLine, next: string): string =>
  isBack && next.length > text.length && next.startsWith(text) ? next.slice(text.length) : next;

/** An earlier line, the newest being 0; below it the line is empty again. */
export function recalled(line: TypedLine, wanted: number): TypedLine {
  const n = Math.max(-1, Math.min(line.history.length - 1, wanted));
  return {...placed(line, line.history[n] ?? ''), recalled: n};
}

/** What is wrong with a line, which is there again unless the learner has gone on typing: then it can be recalled. */
export function givenBack(line: TypedLine, text: string, complaint: Complaint, at: number): TypedLine {
  // What stands there with its problem came back a moment ago, of lines that were pasted: this one's problem is not that line's.
  const isBack = line.problem !== null && line.text !== '';
  if (line.text !== '' && !isBack) return {...line, problem: {complaint, at: 0}, recalled: -1};
  const history = without(line.history, text);
  return {
    ...placed(line, text),
    problem: {complaint, at},
    isBack: true,
    history: isBack ? [line.text, ...without(history, line.text)] : history,
  };
}

/** Another line after Tab: the word as far as all that could stand there agree, or the next of them in turn. */
export function completedLine(line: TypedLine, scene: Scene, challenges: readonly string[]): TypedLine {
  const {cycle} = line;
  if (cycle) return chosen(line, {...cycle, at: (cycle.at + 1) % cycle.words.length});
  const completion = completionOf(line.text, scene, challenges);
  if (completion.words.length === 0) return line;
  const text = completed(line.text, completion);
  return text === line.text ? chosen(line, {...completion, at: 0}) : placed(line, text);
}

const chosen = (line: TypedLine, cycle: NonNullable<TypedLine['cycle']>): TypedLine => ({
  ...placed(line, `${line.text.slice(0, cycle.from)}${cycle.words[cycle.at] ?? ''}`),
  cycle,
});

/** Another text that was put there, and not typed. */
export const placed = (line: TypedLine, text: string): TypedLine => ({
  ...line,
  text,
  placed: line.placed + 1,
  problem: null,
  isBack: false,
  cycle: null,
});
