import {
  argumentHelp,
  callHelp,
  domainHelp,
  howHelp,
  labWordHelp,
  messageFlagHelp,
  optionHelp,
  socketFlagHelp,
  typeHelp,
} from '../../messages/line-help.ts';
import type {Text} from '../../model/text.ts';
import {callBegun, formOf} from './call-forms.ts';
import {argumentAt, completionOf} from './completion.ts';
import type {Scene} from './scene.ts';
import type {TypedLine} from './typed-line.ts';

export interface LineHelp {
  /** How the call is written; null where there is none yet. */
  readonly form: string | null;
  /** What the word at the end of the line is. */
  readonly about: Text | null;
  /** What Tab offers. */
  readonly words: readonly string[];
}

/** Every word that has a meaning of its own. */
const meanings: Readonly<Record<string, Text>> = {
  ...domainHelp,
  ...typeHelp,
  ...socketFlagHelp,
  ...howHelp,
  ...optionHelp,
  ...messageFlagHelp,
};

/**
 * Help for a line that is being typed, its cursor at the end.
 *
 * @param challenges their ids
 */
export function lineHelp(
  line: string,
  cycle: TypedLine['cycle'],
  scene: Scene,
  challenges: readonly string[],
): LineHelp {
  const call = callBegun(line);
  const [, last = ''] = /([^\s|"]*)$/.exec(line) ?? [];
  const {words} = cycle ?? completionOf(line, scene, challenges);
  const [first = ''] = line.trim().split(/\s+/);
  const offered = words.filter(word => word !== last || words.length > 1);
  if (!call) {
    const about = Object.hasOwn(labWordHelp, first) ? labWordHelp[first as keyof typeof labWordHelp] : null;
    return {form: null, about, words: offered};
  }
  const argument = argumentAt(line, scene);
  const own = Object.hasOwn(meanings, last) ? (meanings[last] ?? null) : null;
  const about = own ?? (argument ? argumentHelp[argument] : callHelp[call.name]);
  return {form: formOf(call.name), about, words: offered};
}
