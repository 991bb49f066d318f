import {Box, Text, useInput, usePaste} from 'ink';
import TextInput from 'ink-text-input';
import type {ReactNode} from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly problem: string | null;
  readonly onChange: (value: string) => void;
  readonly onSubmit: () => void;
}

/** One line of typing, Japanese included. Enter sends. */
export function MessageInput({label, value, note, problem, onChange, onSubmit}: Props): ReactNode {
  // ink-text-input inserts the letter of Ctrl+A and the like. This handler runs after its own, and takes that back.
  useInput((_, key) => {
    if (key.ctrl || key.meta) onChange(value);
  });
  usePaste(pasted => onChange(value + oneLine(pasted)));
  return (
    <Box flexDirection="column" flexShrink={0} paddingLeft={1}>
      <Box height={2} overflow="hidden">
        <Text color="yellow">{label} </Text>
        <Box flexGrow={1} flexShrink={1}>
          <TextInput value={value} onChange={next => onChange(oneLine(next))} onSubmit={onSubmit} />
        </Box>
        <Text dimColor> {note}</Text>
      </Box>
      {problem === null ? null : <Text color="red">{problem}</Text>}
    </Box>
  );
}

// A cursor of UTF-16 units may stand inside a character; half of one is dropped rather than sent. A line break would
// be drawn as one, so it becomes a space.
const oneLine = (text: string): string =>
  text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
