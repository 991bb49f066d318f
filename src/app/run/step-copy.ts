import {codeOf} from '../../draw/lesson/panes.ts';
import {callText, resultText} from '../../messages/notation.ts';
import {screenText} from '../../messages/screen.ts';
import type {PaneName, Step} from '../../model/lesson.ts';
import type {Text} from '../../model/text.ts';
import type {CallLine} from '../../timeline/view.ts';
import {stepOf} from './lab-lesson.ts';

/** What is copied at most, in characters (UTF-16 units): terminals take some 75,000 bytes of OSC 52 as base64, and some fewer. */
export const longestCopy = 8192;

export interface Copied {
  readonly text: string;
  readonly what: Text;
  readonly isCut: boolean;
}

/**
 * A step as its pane has it: C, Node, or the line of its call; null where there is none.
 *
 * @param step null in free play, where the newest call is all there is of it
 */
export function copyOf(pane: PaneName, step: Step | null, newest: CallLine | undefined, port: number): Copied | null {
  const isCode = pane === 'c' || pane === 'node';
  const text = isCode ? codeText(pane, step ?? (newest && stepOf(newest)), port) : newest && lineOf(newest);
  if (!text) return null;
  const what = pane === 'c' ? screenText.asC : pane === 'node' ? screenText.asNode : screenText.asCall;
  return {text: text.slice(0, longestCopy), what, isCut: text.length > longestCopy};
}

const codeText = (language: 'c' | 'node', step: Step | undefined, port: number): string =>
  (step ? codeOf(language, step) : [])
    .filter(line => line !== '')
    .join('\n')
    .replaceAll('{port}', String(port));

function lineOf({call, result}: CallLine): string {
  if (result.kind === 'waiting') return callText(call);
  return `${callText(call, result)} ${resultText(result, false, call)}`;
}
