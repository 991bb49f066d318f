import {labText} from '../../messages/lab.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Call} from '../../model/call.ts';
import type {Complaint} from '../words/complaint.ts';
import {isNear, nearest} from '../words/nearest.ts';
import {WrongWord} from '../words/wrong-word.ts';
import {isTypedCall, otherNames, typedCalls} from './call-forms.ts';
import {readCall} from './call-reader.ts';
import {Unclosed, wordsOf} from './line-words.ts';
import type {Scene} from './scene.ts';

export type Read =
  | {readonly kind: 'call'; readonly actor: ActorName; readonly call: Call}
  /** Only a side was named: whose turn it is where the lines after it do not say. */
  | {readonly kind: 'side'; readonly actor: ActorName}
  | Misread;

/** `at`: the column of the word that is wrong, or of the character in it. */
export interface Misread {
  readonly kind: 'wrong';
  readonly complaint: Complaint;
  readonly at: number;
}

/**
 * Reads one call as it is typed: `client send 19 "hello\n"`, just `send`, or as the list of calls has it:
 * `send(19, "hello", 0)`. Nothing is called.
 */
export const readCallLine = (line: string, scene: Scene): Read => orMisread(() => read(line, scene));

function read(line: string, scene: Scene): Read {
  const {words, isC} = wordsOf(line, isTypedCall);
  const [first, ...rest] = words;
  const named = scene.actors.find(actor => actor === first?.text);
  const [name, args] = named ? [rest[0], rest.slice(1)] : [first, rest];
  const actor = named ?? scene.actor;
  if (!name) return {kind: 'side', actor};
  if (!isTypedCall(name.text)) {
    const {text, values} = unknownCall(name.text, named ? typedCalls : [...typedCalls, ...scene.actors]);
    throw new WrongWord(text, values, name.at);
  }
  return {kind: 'call', actor, call: readCall(name.text, args, isC, actor, scene, name.at)};
}

/** What is wrong with a line, as an answer instead of an error. */
export function orMisread<T>(read: () => T): T | Misread {
  try {
    return read();
  } catch (error) {
    if (error instanceof WrongWord) return {kind: 'wrong', complaint: error.complaint, at: error.at};
    if (!(error instanceof Unclosed)) throw error;
    return {kind: 'wrong', complaint: {text: labText.unclosed, values: {}}, at: error.at};
  }
}

function unknownCall(word: string, known: readonly string[]): Complaint {
  const same = otherNames.get(word);
  const like = same ?? nearest(word, known);
  const isMeant = same !== undefined || isNear(word, like);
  return isMeant ? {text: labText.unknownCall, values: {word, nearest: like}} : {text: labText.noCall, values: {word}};
}
