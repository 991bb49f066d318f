import {challengeText, labText} from '../../messages/lab.ts';
import {callHelp} from '../../messages/line-help.ts';
import {type Challenge, parOf} from '../../model/challenge.ts';
import type {Text} from '../../model/text.ts';
import {readBounded} from '../keep/bounded-file.ts';
import {writeNewFile} from '../keep/new-file.ts';
import {formOf, type TypedCall, typedCalls} from '../line/call-forms.ts';
import type {Performer} from '../run/line-performer.ts';
import {longestScript, type ScriptEnd} from '../run/script.ts';
import type {Complaint} from '../words/complaint.ts';
import type {Remark} from './state.ts';

/** One thing that the lab says. */
export const said = (text: Text, values: Complaint['values'], tone: Remark['tone']): readonly Remark[] => [
  {text, values, tone},
];

/** What the learner asks to be told of the challenge. */
export function told(what: 'hint' | 'solution', challenge: Challenge | null): readonly Remark[] {
  if (!challenge) return said(challengeText.noneChosen, {}, 'plain');
  const {hint, solution} = challenge;
  if (what === 'hint') return said(hint, {}, 'plain');
  return said(challengeText.solution, {lines: solution.join(' / ')}, 'plain');
}

/** Writes what was done as a script, over no other file, and says where it is or why it is not. */
export async function saveScript(
  file: string,
  {script, moves}: Pick<Performer, 'script' | 'moves'>,
  challenge: Challenge | null,
): Promise<readonly Remark[]> {
  if (moves === 0) return said(labText.nothingToSave, {}, 'plain');
  const head = ['# sockwalk play --script', ...(challenge ? [`challenge ${challenge.id}`] : [])];
  try {
    await writeNewFile(file, `${[...head, ...script].join('\n')}\n`);
    return said(labText.saved, {count: moves, file, argument: asArgument(file)}, 'good');
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return said(labText.exists, {file}, 'bad');
    return said(labText.unsaved, {file, why: code ?? message}, 'bad');
  }
}

/** As a shell takes it for one word. */
const asArgument = (file: string): string =>
  /^[\w./:@%+,][\w./:@%+,-]*$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;

export type ReadScript = {readonly source: string} | {readonly complaint: Complaint};

/** The text of a script, or what is wrong with the file. */
export async function readScript(file: string): Promise<ReadScript> {
  try {
    const source = await readBounded(file, longestScript);
    if (source !== null) return {source};
    return {complaint: {text: labText.scriptLong, values: {file, most: longestScript}}};
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    return {complaint: {text: labText.scriptUnreadable, values: {file, why: code ?? message}}};
  }
}

/** How a script ended, after so many lines that made something. */
export function endSaid(file: string, ended: ScriptEnd, moves: number): readonly Remark[] {
  switch (ended.kind) {
    case 'stopped':
      return [];
    case 'failed': {
      const {line, text, complaint} = ended;
      const quoted = text.trim();
      return [
        ...said(labText.scriptLine, {file, line, text: quoted}, 'bad'),
        ...said(complaint.text, complaint.values, 'bad'),
      ];
    }
    case 'done':
      return ended.challenge
        ? said(challengeText.solved, {moves, par: parOf(ended.challenge)}, 'good')
        : said(labText.scriptDone, {file, count: moves}, 'good');
  }
}

/** What `help` answers: all that can be written, or one call, with its arguments. */
export function helpSaid(call: TypedCall | null): readonly Remark[] {
  if (call) return [...said(labText.form, {form: formOf(call)}, 'good'), ...said(callHelp[call], {}, 'plain')];
  return [
    ...said(labText.calls, {names: typedCalls.join(' ')}, 'plain'),
    ...said(labText.words, {}, 'plain'),
    ...said(labText.other, {}, 'dim'),
  ];
}
