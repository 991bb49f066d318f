import {isNowhere} from '../../model/address.ts';
import {type Port, port} from '../../model/brands.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson} from '../../model/lesson.ts';
import {fromBase64} from '../../model/payload.ts';
import type {SocketRow} from '../../model/sockets.ts';

/** Who has the port that texts name. Others may listen beside it, before it too. */
const isServer = ({actor}: SocketRow): boolean => actor === 'server' || actor === 'router';

/** Datagrams are received without listening. */
const isServing = (row: SocketRow): boolean =>
  isServer(row) &&
  (row.state === 'LISTEN' || (row.actor === 'server' && row.protocol.startsWith('udp') && isBound(row)));

const isBound = ({actor, local, remote}: SocketRow): boolean =>
  actor === 'server' && 'port' in local && local.port !== 0 && (remote === null || isNowhere(remote));

/** The port that the server was bound to, for the texts that name it; 0 where it has none yet. */
export const recordedPort = (events: readonly LogEvent[]): Port =>
  firstPort(events, isServing) ?? firstPort(events, isBound) ?? port(0);

function firstPort(events: readonly LogEvent[], isIt: (row: SocketRow) => boolean): Port | null {
  for (const event of events) {
    const found = event.kind === 'kernel-read' && event.sockets.find(isIt);
    if (found && 'port' in found.local) return found.local.port;
  }
  return null;
}

/** What the recorded client sent as the learner's message; empty when it sent none. */
export function recordedMessage(events: readonly LogEvent[], lesson: Lesson): string {
  const step = lesson.steps.find(({call}) => call.name === 'send' && call.data.kind === 'message');
  for (const event of events) {
    if (event.kind !== 'call-started' || event.step !== step?.id || event.call.name !== 'send') continue;
    return new TextDecoder().decode(fromBase64(event.call.data));
  }
  return '';
}
