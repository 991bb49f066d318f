import {stateMeaning, stateName} from '../../messages/states.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled} from '../text/spans.ts';
import type {KernelRow} from './serve-rows.ts';

/**
 * ` server’s end   ESTABLISHED  Recv-Q 0  Send-Q 0  connected`: one end of a connection as the kernel shows it.
 *
 * @param more what there is to say of it, in place of what its state means
 */
export function kernelEndLine(
  name: string,
  row: KernelRow | null,
  missing: string,
  look: Look,
  width: number,
  more: string | null = null,
): Line {
  const label = fitLine([{text: ` ${name}`}], 16);
  if (!row) return fitLine([...label, styled(missing, {dim: true})], width);
  const state = styled(stateName(row), {bold: true});
  const meaning = styled(more ?? look.say(stateMeaning(row)), {dim: true});
  return fitLine([...label, state, {text: `  ${factsOf(row)}  `}, meaning], width);
}

/** The table of Unix sockets has no queues. */
const factsOf = ({protocol, inode, recvQueue, sendQueue}: KernelRow): string =>
  protocol === 'unix' ? `inode ${inode}` : `Recv-Q ${recvQueue ?? '-'}  Send-Q ${sendQueue ?? '-'}`;
