import {Box, type DOMElement, useCursor, useInput, usePaste} from 'ink';
import {type ReactNode, useRef, useState} from 'react';
import stringWidth from 'string-width';
import {Lines} from './Lines.tsx';
import {useScreenRow} from './screen-row.ts';
import {type Line, spread, styled} from './spans.ts';
import {neighbours, rowsAround, typedRows} from './typed-rows.ts';

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

export const rowsOfMessageInput = (sized: Sized): number =>
  Math.min(mostRows, rowsOfText(sized)) + sized.problem.length;

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
      [styled(i === 0 ? start : ' '.repeat(stringWidth(start)), {color: 'yellow'}), {text: row}],
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
