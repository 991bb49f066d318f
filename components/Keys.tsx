import {useApp, useInput, usePaste} from 'ink';
import {type ReactNode, useContext, useEffect} from 'react';
import type {Keyboard} from '../src/app/keys/keyboard.ts';
import {keysOf} from '../src/app/keys/keymap.ts';
import {stopJob} from '../src/app/screen/leaving.ts';
import type {MouseReport} from '../src/app/terminal/mouse-report.ts';
import {type Pointer, PointerContext} from './mouse.tsx';

const isCharacter = (name: string): boolean => name.length === 1 || name === 'Space';

/**
 * Hears every key. It stands before the page, also at the first frame, so that its listener is older than that of the line of
 * typing, and hears each stretch of input before it.
 */
export function Keys({keyboard}: {keyboard: Keyboard}): ReactNode {
  const {suspendTerminal} = useApp();
  const pointer = useContext(PointerContext);
  const mouse = pointer?.mouse;
  useEffect(() => {
    pointer?.heardBy(report => hear(report, pointer, keyboard));
  }, [pointer, keyboard]);
  useInput((input, key) => {
    const {typing} = keyboard;
    const names = keysOf(input, key);
    let written = '';
    // A character may be a key on an empty line, and is text once anything is written.
    const isText = (name: string) => isCharacter(name) && written !== '' && keyboard.isTyping();
    const isKey = (name: string, i: number) => (i === 0 || !isCharacter(name)) && keyboard.means(name);
    // Keys and text in one stretch: the line of typing knows no order between them.
    const isMixed = names.length > 1 && (!keyboard.isTyping() || names.some(isKey));
    const isOneKey = names.length === 1 && names.some(isKey);
    typing.hear(key.ctrl || key.meta || isMixed || isOneKey);
    // All of it is text.
    if (names.length > 1 && !isMixed) return;
    const characters = isMixed ? [...input] : [];
    for (const [i, name] of names.entries()) {
      if (!isText(name) && keyboard.means(name)) {
        typing.type(written);
        written = '';
        if (keyboard.press(name)) void suspendTerminal(mouse ? () => mouse.lend(stopJob) : stopJob);
      } else written += characters[i] ?? '';
    }
    typing.type(written);
  });
  // Pasted text is never taken for keys. The line of typing listens for itself.
  usePaste(() => {});
  return null;
}

/** The wheel is the keys up and down, where nothing is typed; a click is on what is drawn there. */
function hear(report: MouseReport, pointer: Pointer, keyboard: Keyboard): void {
  if (report.kind === 'wheel') {
    const key = report.way === 'up' ? '↑' : '↓';
    if (!keyboard.isTyping() && keyboard.means(key)) keyboard.press(key);
    return;
  }
  const meaning = pointer.meaningAt(report.column, report.row);
  if (meaning) keyboard.point?.(meaning);
}
