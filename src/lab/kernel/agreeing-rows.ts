import type {SocketRow} from '../../model/sockets.ts';

/** A state may change between the two looks again and again, but hardly so often. */
const mostLooks = 50;

/**
 * Reads until the rows do not contradict themselves. The tables of /proc/net and TCP_INFO are read at different moments: a call
 * in between makes a socket that is ESTABLISHED and in no table, which there never was.
 */
export async function agreeing(read: () => Promise<SocketRow[]>): Promise<SocketRow[]> {
  let rows = await read();
  for (let looks = 1; looks < mostLooks && rows.some(isContradiction); looks++) rows = await read();
  return rows;
}

/** Every TCP socket that is not closed is in a table, in the state that TCP_INFO has too. */
export function isContradiction({protocol, listed, state, tcpInfo, heldBy}: SocketRow): boolean {
  if (!protocol.startsWith('tcp') || heldBy !== 'descriptor') return false;
  return listed ? tcpInfo !== undefined && tcpInfo.state !== state : state !== 'CLOSE';
}
