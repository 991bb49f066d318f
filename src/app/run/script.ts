import {challengeText, labText} from '../../messages/lab.ts';
import {resultText} from '../../messages/notation.ts';
import type {Challenge} from '../../model/challenge.ts';
import type {Expectation} from '../../model/expectation.ts';
import type {CallLine} from '../../timeline/view.ts';
import type {Complaint} from '../words/complaint.ts';
import type {Performed, Performer} from './line-performer.ts';

/** How a script ended. */
export type ScriptEnd =
  | {readonly kind: 'done' /** What it was to bring about, and did. */; readonly challenge: Challenge | null}
  | {readonly kind: 'stopped'}
  | ScriptFault;

export interface ScriptFault {
  readonly kind: 'failed';
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly complaint: Complaint;
  /** The column of the word that is wrong; null where no one word is. */
  readonly at: number | null;
  /** The line cannot be understood or done; else the kernel did otherwise than it says. */
  readonly isMisread: boolean;
}

export interface ScriptEnvironment {
  readonly stopped: AbortSignal;
  /** Hears the number of each line before it is done. */
  readonly begins?: (line: number) => void;
}

/** The most bytes of a script. */
export const longestScript = 256 * 1024;

interface Line {
  readonly n: number;
  readonly text: string;
}

/**
 * Does what the lines of a script say, in order, until one fails. A call that the kernel refuses is a failure, unless an
 * `expect` right after it says so.
 */
export async function runScript(
  lines: Iterable<string> | AsyncIterable<string>,
  performer: Performer,
  challenges: readonly Challenge[],
  {stopped, begins}: ScriptEnvironment,
): Promise<ScriptEnd> {
  const run = new Run(performer, challenges);
  let n = 0;
  for await (const text of lines) {
    if (stopped.aborted) return {kind: 'stopped'};
    n += 1;
    begins?.(n);
    const fault = await run.take({n, text});
    if (fault) return stopped.aborted ? {kind: 'stopped'} : fault;
  }
  return stopped.aborted ? {kind: 'stopped'} : run.end();
}

class Run {
  readonly #performer: Performer;
  readonly #challenges: readonly Challenge[];
  /** A call that the kernel refused, until somebody says that this was expected. */
  #refused: {readonly line: Line; readonly made: CallLine} | null = null;
  #goal: {readonly line: Line; readonly challenge: Challenge} | null = null;

  constructor(performer: Performer, challenges: readonly Challenge[]) {
    this.#performer = performer;
    this.#challenges = challenges;
  }

  async take(line: Line): Promise<ScriptFault | null> {
    const isExpected = /^\s*(expect\b|#|$)/.test(line.text);
    if (!isExpected) {
      const fault = this.#refusedFault();
      if (fault) return fault;
    }
    return this.#judge(line, await this.#performer.perform(line.text, 'script'));
  }

  async end(): Promise<ScriptEnd> {
    const fault = this.#refusedFault();
    if (fault) return fault;
    await this.#performer.catchUp();
    if (!this.#goal) return {kind: 'done', challenge: null};
    const {line, challenge} = this.#goal;
    if (await this.#performer.reaches(challenge.goal)) return {kind: 'done', challenge};
    return failed(line, {text: challengeText.notReached, values: {challenge: challenge.id}}, null, false);
  }

  #judge(line: Line, performed: Performed): ScriptFault | null {
    switch (performed.kind) {
      case 'made': {
        const made = performed.line;
        this.#refused = made?.result.kind === 'failed' ? {line, made} : null;
        return null;
      }
      case 'expected':
        if (this.#refused && isAbout(performed.expectation, this.#refused.made)) this.#refused = null;
        return performed.unmet && failed(line, {text: labText.otherwise, values: {...performed.unmet}}, null, false);
      case 'overdue':
        return failed(line, performed.complaint, null, false);
      case 'refused':
        return failed(line, performed.complaint, performed.at, performed.complaint.text !== labText.networkEnded);
      case 'asked':
        return this.#asked(line, performed.statement);
      case 'side':
      case 'nothing':
        return null;
    }
  }

  #asked(line: Line, statement: Extract<Performed, {kind: 'asked'}>['statement']): ScriptFault | null {
    const challenge = statement.kind === 'challenge' && this.#challenges.find(({id}) => id === statement.id);
    if (!challenge) {
      const [word = ''] = line.text.trim().split(/\s+/);
      return failed(line, {text: labText.notInScript, values: {word}}, line.text.indexOf(word), true);
    }
    this.#goal = {line, challenge};
    return null;
  }

  #refusedFault(): ScriptFault | null {
    if (!this.#refused) return null;
    const {line, made} = this.#refused;
    const values = {call: made.call.name, result: resultText(made.result)};
    return failed(line, {text: labText.unexpected, values}, null, false);
  }
}

/** An errno of another actor's call does not excuse this one. */
const isAbout = ({actor, what}: Expectation, made: CallLine): boolean =>
  what.kind === 'fails' && what.errno === errnoOf(made) && (actor === null || actor === made.actor);

const errnoOf = ({result}: CallLine) => (result.kind === 'failed' ? result.errno : null);

const failed = (line: Line, complaint: Complaint, at: number | null, isMisread: boolean): ScriptFault => ({
  kind: 'failed',
  ...{line: line.n, text: line.text, complaint, at, isMisread},
});
