import {Box, Spacer, Text, Transform, usePaste} from 'ink';
import TextInput from 'ink-text-input';
import {type ReactNode, useState} from 'react';
import stringWidth from 'string-width';
import {plainWriting} from './glyphs.ts';
import {Lines} from './Lines.tsx';
import type {Line} from './spans.ts';

interface Props {
  /** Cells of the whole line. */
  readonly width: number;
  readonly ascii: boolean;
  readonly label: string;
  readonly value: string;
  /** Another number: the text was put there, and the cursor goes to its end. */
  readonly placed?: number;
  readonly note: string;
  /** What is wrong with it, below the line. */
  readonly problem: readonly Line[];
  /** An edit as the field worked it out, from what was drawn to what that became. */
  readonly onEdit: (drawn: string, next: string) => void;
  readonly onPaste: (text: string) => void;
}

/** How many rows of a long text are seen at most: its end. */
const mostRows = 2;

type Sized = Pick<Props, 'width' | 'label' | 'value' | 'note' | 'problem'>;

const roomOf = ({width, label, note}: Pick<Sized, 'width' | 'label' | 'note'>): number =>
  Math.max(10, width - stringWidth(`${label}${note}`) - 5);

/** The cursor takes a cell of its own at the end. */
const rowsOfText = (sized: Omit<Sized, 'problem'>): number => Math.ceil((stringWidth(sized.value) + 1) / roomOf(sized));

/** Whether all of the text is seen, so that something may stand under one of its characters. */
export const isOnOneRow = (sized: Omit<Sized, 'problem'>): boolean => rowsOfText(sized) === 1;

export const rowsOfMessageInput = (sized: Sized): number =>
  Math.min(mostRows, rowsOfText(sized)) + sized.problem.length;

/** One line of typing, Japanese included. Keys that do not write are the keymap's. */
export function MessageInput({
  width,
  ascii,
  label,
  value,
  placed = 0,
  note,
  problem,
  onEdit,
  onPaste,
}: Props): ReactNode {
  // ink-text-input keeps its cursor where it was when the text is changed by others; a fresh one has it at the end.
  const [pastes, setPastes] = useState(0);
  usePaste(text => {
    onPaste(text);
    setPastes(n => n + 1);
  });
  const room = roomOf({width, label, note});
  const rows = rowsOfText({width, label, value, note});
  const rowsSeen = Math.min(mostRows, rows);
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Box height={rowsSeen} overflow="hidden" paddingLeft={1} paddingRight={1}>
        <Box flexShrink={0}>
          <Text color="yellow">{label} </Text>
        </Box>
        <Box width={room} flexShrink={0} flexDirection="column" marginTop={Math.min(0, rowsSeen - rows)}>
          <Transform transform={drawn => (ascii ? plainWriting(drawn) : drawn)}>
            <TextInput key={`${placed} ${pastes}`} value={value} onChange={next => onEdit(value, next)} />
          </Transform>
        </Box>
        <Spacer />
        <Text dimColor> {note}</Text>
      </Box>
      <Lines height={problem.length} lines={problem} />
    </Box>
  );
}
