import {Box, Text} from 'ink';
import {memo, type ReactNode, useContext} from 'react';
import {isSameLine, type Line} from '../src/draw/text/spans.ts';
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
  return (
    <Box flexDirection="column" height={height} flexShrink={0} overflowY="hidden">
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
    return <Text wrap="truncate-end">{line.map(paint).join('')}</Text>;
  },
  (before, after) => isSameLine(before.line, after.line),
);
