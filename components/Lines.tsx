import {styledCharsFromTokens, styledCharsToString, tokenize} from '@alcalzone/ansi-tokenize';
import {Box, type DOMElement, Text} from 'ink';
import {memo, type ReactNode, useContext, useEffect, useRef} from 'react';
import {isSameLine, type Line} from '../src/draw/text/spans.ts';
import {PointerContext} from './mouse.tsx';
import {PaintContext} from './paint.tsx';

interface Props {
  readonly lines: readonly Line[];
  /** Rows; lines beyond are not drawn, rows without a line are empty. */
  readonly height: number;
}

// A row without text would take no room.
const empty: Line = [{text: ' '}];
const rowOf = (line: Line | undefined): Line => (line && line.length > 0 ? line : empty);

/** Draws rows of styled text. Everything that is drawn passes through here. */
export function Lines({lines, height}: Props): ReactNode {
  const place = useRef<DOMElement>(null);
  const pointer = useContext(PointerContext);
  useEffect(() => pointer?.draw(place, lines), [pointer, lines]);
  return (
    <Box ref={place} flexDirection="column" height={height} flexShrink={0} overflowY="hidden">
      {Array.from({length: height}, (_, row) => (
        <Row key={row} line={rowOf(lines[row])} />
      ))}
    </Box>
  );
}

/** Most rows of a frame are those of the frame before: they are not laid out again. */
const Row = memo(
  ({line}: {line: Line}): ReactNode => {
    const paint = useContext(PaintContext);
    return <Text wrap="truncate-end">{asInkWrites(line.map(paint).join(''))}</Text>;
  },
  (before, after) => isSameLine(before.line, after.line),
);

/**
 * In every frame Ink takes each row apart, writes it with as few codes as it needs, and takes that apart once more where it is another
 * text: a row that is written so already is taken apart once, which is a quarter of a frame's time.
 */
const asInkWrites = (row: string): string => styledCharsToString(styledCharsFromTokens(tokenize(row)));
