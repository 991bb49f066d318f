import {Box, type DOMElement, useCursor, useInput, usePaste} from 'ink';
import {type ReactNode, type RefObject, useLayoutEffect, useRef, useState} from 'react';
import stringWidth from 'string-width';
import type {Typist} from '../src/app/line/typed-text.ts';
import {type Line, spread, styled} from '../src/draw/text/spans.ts';
import {neighbours, rowsAround, typedRows} from '../src/draw/text/typed-rows.ts';
import {Lines} from './Lines.tsx';
import type {Below} from './WalkScreen.tsx';

interface Props {
  /** Cells of the whole line. */
  readonly width: number;
  readonly ascii: boolean;
  readonly label: string;
  readonly value: string;
  /** Another number: the text was put there, and the caret goes to its end. */
  readonly placed?: number;
  readonly note: string;
  /** What is wrong with it, below the line. */
  readonly problem: readonly Line[];
  /** An edit as the field worked it out, from what was drawn to what that became. */
  readonly onEdit: (drawn: string, next: string) => void;
  readonly onPaste: (text: string) => void;
}

/** How many rows of a long text are seen at most: those at the caret. */
const mostRows = 2;

type Sized = Pick<Props, 'width' | 'label' | 'value' | 'note' | 'problem'>;

const roomOf = ({width, label, note}: Pick<Sized, 'width' | 'label' | 'note'>): number =>
  Math.max(10, width - stringWidth(`${label}${note}`) - 5);

const rowsOfText = (sized: Omit<Sized, 'problem'>): number =>
  typedRows(sized.value, sized.value.length, roomOf(sized), false).rows.length;

/** Whether all of the text is seen, so that something may stand under one of its characters. */
export const isOnOneRow = (sized: Omit<Sized, 'problem'>): boolean => rowsOfText(sized) === 1;

const rowsOfMessageInput = (sized: Sized): number => Math.min(mostRows, rowsOfText(sized)) + sized.problem.length;

/** The line of typing, below a page. */
export function typingLine(
  line: Omit<Props, 'ascii' | 'onEdit' | 'onPaste'>,
  {typing, ascii}: {readonly typing: Typist; readonly ascii: boolean},
): Below {
  const edits = {
    onEdit: (drawn: string, next: string) => typing.write(drawn, next),
    onPaste: (text: string) => typing.paste(text),
  };
  return {node: <MessageInput {...line} {...edits} ascii={ascii} />, rows: rowsOfMessageInput(line)};
}

/**
 * One line of typing, Japanese included. Keys that do not write are the keymap's. The terminal's own cursor stands at the caret: there
 * an input method shows what is being composed.
 */
export function MessageInput(props: Props): ReactNode {
  const {width, ascii, label, value, note, problem} = props;
  const box = useRef<DOMElement>(null);
  const top = useScreenRow(box);
  const {setCursorPosition} = useCursor();
  const caret = useCaret(props);
  const all = typedRows(value, caret, roomOf(props), ascii);
  // As many as there are with the caret at the end, which may need a row of its own.
  const height = Math.min(mostRows, rowsOfText(props));
  const seen = rowsAround(all, height);
  const start = ` ${label} `;
  setCursorPosition(top === null ? undefined : {x: stringWidth(start) + seen.caret.column, y: top + seen.caret.row});
  const lines = seen.rows.map((row, i) =>
    spread(
      [styled(i === 0 ? start : ' '.repeat(stringWidth(start)), {bold: true}), {text: row}],
      i === 0 ? [styled(`${note} `, {dim: true})] : [],
      width,
    ),
  );
  return (
    <Box ref={box} flexDirection="column" flexShrink={0}>
      <Lines height={height} lines={lines} />
      <Lines height={problem.length} lines={problem} />
    </Box>
  );
}

/** Where the caret stands, in UTF-16 units from the start; keys and pastes move it. */
function useCaret({value, placed = 0, onEdit, onPaste}: Props): number {
  // Counted from the end: several keys may come before the text is drawn anew, and most write at the end. Not a state: the next key
  // of one stretch of input must find it moved.
  const fromEnd = useRef(0);
  const [, redraw] = useState(0);
  const wasPlaced = useRef(placed);
  if (wasPlaced.current !== placed) fromEnd.current = 0;
  wasPlaced.current = placed;
  const at = Math.max(0, value.length - fromEnd.current);
  const moveTo = (rest: number) => {
    fromEnd.current = rest;
    redraw(n => n + 1);
  };
  useInput((input, key) => {
    const place = Math.max(0, value.length - fromEnd.current);
    const {before, after} = neighbours(value, place);
    const rest = value.length - place;
    if (key.leftArrow) return moveTo(rest + before);
    if (key.rightArrow) return moveTo(rest - after);
    if (key.upArrow || key.downArrow || key.tab || key.return || key.ctrl || key.meta) return;
    fromEnd.current = rest;
    const isErasing = key.backspace || key.delete;
    const kept = value.slice(0, place - (isErasing ? before : 0));
    const next = `${kept}${isErasing ? '' : input}${value.slice(place)}`;
    if (next !== value) onEdit(value, next);
  });
  usePaste(text => {
    onPaste(text);
    moveTo(0);
  });
  return at;
}

/** The row of the screen that a box begins on, from 0, as the last layout had it; null before the first. */
function useScreenRow(box: RefObject<DOMElement | null>): number | null {
  const [row, setRow] = useState<number | null>(null);
  // Ink has laid everything out by then; where the box has moved, it is drawn once more.
  useLayoutEffect(() => setRow(rowOf(box.current)));
  return row;
}

function rowOf(box: DOMElement | null): number | null {
  let row: number | null = null;
  for (let one: DOMElement | null | undefined = box; one; one = one.parentNode)
    row = (row ?? 0) + (one.yogaNode?.getComputedTop() ?? 0);
  return row;
}
