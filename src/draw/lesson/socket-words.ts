import {noRowText, screenText} from '../../messages/screen.ts';
import {stateMeaning, stateName} from '../../messages/states.ts';
import type {Errno} from '../../model/errno.ts';
import type {SocketRow, SocketState} from '../../model/sockets.ts';
import type {Text} from '../../model/text.ts';
import type {CallLine, View} from '../../timeline/view.ts';
import type {Look} from '../text/look.ts';
import {type Line, styled, textOf, widthOf} from '../text/spans.ts';

/** That no table of the kernel has a socket: not yet, or no longer. Where the calls do not tell, only that. */
export function noRowOf(row: SocketRow, {calls}: View): Record<'full' | 'short', Text> {
  const last = calls.findLast(line => line.actor === row.actor && entry(line, row) !== null);
  const found = last && entry(last, row);
  return noRowText[found || 'ever'];
}

/** What a call says of whether its socket has been in a table: those of TCP have sockets that listen or that have a peer. */
function entry({call, result}: CallLine, {fd}: SocketRow): 'yet' | 'now' | null {
  const isMade = result.kind === 'returned' && result.value === fd;
  if (call.name === 'socket') return isMade ? 'yet' : null;
  if (call.name === 'accept' || call.name === 'accept4') return isMade ? 'now' : null;
  if (!('fd' in call) || call.fd !== fd) return null;
  if (call.name === 'listen') return result.kind === 'returned' ? 'now' : null;
  const wasSent = result.kind === 'returned' || (result.kind === 'failed' && afterSyn.has(result.errno));
  return call.name === 'connect' && wasSent ? 'now' : null;
}

/** What connect() fails with once its SYN has been sent: the socket was in SYN_SENT. */
const afterSyn: ReadonlySet<Errno> = new Set(['ECONNREFUSED', 'ETIMEDOUT', 'EINPROGRESS']);

/** A FIN takes a sequence number (RFC 9293 section 3.4), and Linux counts it among what is unread until recv() returns 0. */
export const countsFin = ({protocol, state, recvQueue}: SocketRow): boolean =>
  protocol.startsWith('tcp') && afterFin.has(state) && (recvQueue ?? 0) > 0;
const afterFin: ReadonlySet<SocketState> = new Set(['CLOSE_WAIT', 'CLOSING', 'LAST_ACK']);

/** What is on a lane and not told by the words beside it, a line each, as far as it is not cut. */
export function explained(
  rows: readonly SocketRow[],
  shown: readonly Line[],
  view: View,
  look: Look,
  width: number,
): Line[] {
  const told = shown.map(textOf).join('\n');
  const texts = rows.flatMap(row => [
    ...(isFirst(row, view) ? [look.say(screenText.fdMeaning, {fd: row.fd ?? ''})] : []),
    ...(countsFin(row) ? [look.say(screenText.finCounts)] : []),
    ...(row.state === 'CLOSE' && !told.includes(look.say(stateMeaning(row)))
      ? [`${stateName(row)}: ${look.say(stateMeaning(row))}`]
      : []),
  ]);
  return [...new Set(texts)].map((text): Line => [styled(text, {dim: true})]).filter(line => widthOf(line) <= width);
}

/** The only socket there is, made just now: before it nobody has seen a descriptor. */
function isFirst({fd}: SocketRow, {lanes, calls}: View): boolean {
  const newest = calls.at(-1);
  const count = lanes.reduce((sum, {sockets}) => sum + sockets.length, 0);
  return count === 1 && fd !== null && newest?.call.name === 'socket';
}
