import {Box, Spacer} from 'ink';
import type {ReactNode} from 'react';
import {type WalkData, walkPicture} from '../src/draw/lesson/walk-picture.ts';
import {type KeyHint, keyLine} from '../src/draw/text/key-line.ts';
import type {Viewport} from '../src/draw/text/layout.ts';
import {Lines} from './Lines.tsx';

/** What stands below the text, such as a line of typing, and how many rows it takes. */
export interface Below {
  readonly node: ReactNode;
  readonly rows: number;
}

interface Props extends Viewport, Omit<WalkData, 'belowRows'> {
  readonly keys: readonly KeyHint[];
  readonly below: Below | null;
}

/** A lesson: lanes above, calls and panes in the middle, the step's words below, the keys that work last. */
export function WalkScreen({look, columns, rows, keys, below, ...data}: Props): ReactNode {
  const regions = walkPicture({...data, belowRows: below?.rows ?? 0}, look, {columns, rows});
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflowY="hidden">
      {regions.map(({name, lines}) => (
        <Lines key={name} height={lines.length} lines={lines} />
      ))}
      {below?.node}
      <Spacer />
      <Lines height={1} lines={[keyLine(keys, look, columns)]} />
    </Box>
  );
}
