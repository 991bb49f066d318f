import {isNowhere} from '../../model/address.ts';
import {type Port, port} from '../../model/brands.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson} from '../../model/lesson.ts';
import {fromBase64} from '../../model/payload.ts';
import type {SocketRow} from '../../model/sockets.ts';

/** Datagrams are received without listening. */
const isServing = ({actor, state, protocol, local}: SocketRow): boolean =>
  state === 'LISTEN' || (actor === 'server' && protocol.startsWith('udp') && !isNowhere(local));

/** The port that the recorded server was bound to, for the texts that name it. */
export function recordedPort(events: readonly LogEvent[]): Port {
  for (const event of events) {
    const serving = event.kind === 'kernel-read' && event.sockets.find(isServing);
    if (serving && 'port' in serving.local) return serving.local.port;
  }
  return port(0);
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
