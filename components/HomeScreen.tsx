import {Box} from 'ink';
import type {ReactNode} from 'react';
import {type HomeData, homeLines} from '../src/draw/page/home.ts';
import {type KeyHint, keyLine} from '../src/draw/text/key-line.ts';
import type {Look} from '../src/draw/text/look.ts';
import {noticeLines} from '../src/draw/text/notice.ts';
import {Lines} from './Lines.tsx';
import type {Below} from './WalkScreen.tsx';

interface Props {
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
  readonly data: HomeData;
  readonly notice: string | null;
  readonly keys: readonly KeyHint[];
  readonly below: Below | null;
}

export function HomeScreen({look, columns, rows, data, notice, keys, below}: Props): ReactNode {
  const said = noticeLines(notice, look, columns);
  const height = rows - 2 - said.length - (below?.rows ?? 0);
  const lines = [...homeLines(data, look, {width: columns, height}), ...said];
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflowY="hidden">
      <Lines height={height + said.length} lines={lines} />
      {below?.node}
      <Lines height={1} lines={[keyLine(keys, look, columns)]} />
    </Box>
  );
}
