import type {ActorName} from '../model/actor.ts';
import type {Call, OptionName} from '../model/call.ts';
import type {CallLine, Lane, View} from './view.ts';

/** What makes a call return that has not yet: which sentence about it is true. */
export type WhatEnds =
  /** By itself after so long, if nothing comes before. */
  | {readonly kind: 'time'; readonly milliseconds: number}
  /** By itself, when SYNs were sent often enough in vain (tcp(7), tcp_syn_retries). */
  | {readonly kind: 'retries'}
  /** Every process here sleeps, and none of them by the clock. */
  | {readonly kind: 'nobody'}
  /** Something that another does. */
  | {readonly kind: 'others'}
  /** It was not seen asleep. */
  | {readonly kind: 'itself'};

export function whatEnds({actor, waiting, sockets}: Lane, {lanes, calls}: View): WhatEnds | null {
  if (!waiting) return null;
  const own = clockOf(actor, waiting.call, sockets, calls);
  if (own) return own;
  if (!isAsleep(waiting)) return {kind: 'itself'};
  const living = lanes.filter(lane => lane.exit === null);
  return living.every(lane => isStuck(lane, calls)) ? {kind: 'nobody'} : {kind: 'others'};
}

const isStuck = ({actor, waiting, sockets}: Lane, calls: readonly CallLine[]): boolean =>
  waiting !== null && isAsleep(waiting) && clockOf(actor, waiting.call, sockets, calls) === null;

const isAsleep = ({seen}: NonNullable<Lane['waiting']>): boolean => seen?.threadState === 'S';

function clockOf(
  actor: ActorName,
  call: Call,
  sockets: Lane['sockets'],
  calls: readonly CallLine[],
): Extract<WhatEnds, {kind: 'time' | 'retries'}> | null {
  if (call.name === 'poll') return call.timeout < 0 ? null : {kind: 'time', milliseconds: call.timeout};
  const limit = limitOf(actor, call, calls);
  if (limit) return {kind: 'time', milliseconds: limit.milliseconds};
  if (call.name !== 'connect') return null;
  return sockets.find(({fd}) => fd === call.fd)?.protocol.startsWith('tcp') ? {kind: 'retries'} : null;
}

/** The longest that a call may wait, as the newest setsockopt() of its socket has it (socket(7)); null for no limit. */
export function limitOf(
  actor: ActorName,
  call: Call,
  calls: readonly CallLine[],
): {readonly option: Extract<OptionName, 'SO_RCVTIMEO' | 'SO_SNDTIMEO'>; readonly milliseconds: number} | null {
  if (!('fd' in call)) return null;
  const isSending = call.name === 'send' || call.name === 'sendto' || call.name === 'connect';
  const option = isSending ? 'SO_SNDTIMEO' : 'SO_RCVTIMEO';
  const set = calls.findLast(
    line =>
      line.actor === actor &&
      line.result.kind === 'returned' &&
      line.call.name === 'setsockopt' &&
      line.call.fd === call.fd &&
      line.call.option === option,
  );
  if (set?.call.name !== 'setsockopt' || typeof set.call.value === 'number') return null;
  if (!('milliseconds' in set.call.value)) return null;
  const {milliseconds} = set.call.value;
  return milliseconds > 0 ? {option, milliseconds} : null;
}
