import chalk, {type ForegroundColorName} from 'chalk';
import {Box, Text} from 'ink';
import {memo, type ReactNode} from 'react';
import {isSameLine, type Line, type Span, withoutSteering} from '../src/draw/text/spans.ts';

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
  ({line}: {line: Line}): ReactNode => <Text wrap="truncate-end">{line.map(styledText).join('')}</Text>,
  (before, after) => isSameLine(before.line, after.line),
);

/**
 * A span as a terminal takes it, where the terminal has colours: in the order in which Ink's Text puts styles on. As an element
 * of its own each span would be laid out, styled and cleaned by itself in every frame.
 */
function styledText({text, color, bold, dim, inverse, underline}: Span): string {
  let styled = withoutSteering(text);
  if (dim) styled = chalk.dim(styled);
  if (color) styled = chalk[color as ForegroundColorName](styled);
  if (bold) styled = chalk.bold(styled);
  if (underline) styled = chalk.underline(styled);
  return inverse ? chalk.inverse(styled) : styled;
}
