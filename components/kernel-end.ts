import {stateMeaning, stateName} from '../src/messages/states.ts';
import type {Look} from './look.ts';
import type {KernelRow} from './serve-rows.ts';
import {fitLine, type Line, styled} from './spans.ts';

/** ` server’s end   ESTABLISHED  Recv-Q 0  Send-Q 0  connected`: one end of a connection as the kernel shows it. */
export function kernelEndLine(name: string, row: KernelRow | null, missing: string, look: Look, width: number): Line {
  const label = fitLine([{text: ` ${name}`}], 16);
  if (!row) return fitLine([...label, styled(missing, {dim: true})], width);
  const queues = `  Recv-Q ${row.recvQueue ?? '-'}  Send-Q ${row.sendQueue ?? '-'}  `;
  const state = styled(stateName(row), {bold: true, color: 'green'});
  return fitLine([...label, state, {text: queues}, styled(look.say(stateMeaning(row)), {dim: true})], width);
}
