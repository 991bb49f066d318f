import type {Endpoint} from '../model/address.ts';
import {flowKey} from '../model/address.ts';

/** A stretch of bytes that one send() made. */
export interface Mark {
  /** Which send() of the walk, from 0. */
  readonly send: number;
  /** Bytes. */
  readonly length: number;
  /** Bytes of a datagram that did not fit where it was received, and are gone. */
  readonly lost?: number;
}

/** What a reading of the kernel's tables says of bytes that were sent and not received. */
export type Place =
  /** In the receive queue of the other end. */
  | 'recv-queue'
  /** In the sender's queue: not acknowledged, or not sent yet. */
  | 'send-queue'
  /** The end that would have received them is no more. */
  | 'gone'
  /** A datagram that the kernel had no room for at the socket: the `drops` column of /proc/net/udp counts it. */
  | 'dropped'
  /** In no queue that was looked at. */
  | 'unseen';

/** So many bytes in a row that are at one place. */
export interface Stretch {
  readonly place: Place;
  /** Bytes. */
  readonly length: number;
}

/** The bytes that are on their way, by direction: sent and not yet received, oldest first. */
export interface Flows {
  readonly inFlight: Readonly<Record<string, readonly Mark[]>>;
  /** How many send() calls there have been. */
  readonly sends: number;
  /** By send(): where the last reading of the kernel showed its bytes that nobody has received. None: not read since. */
  readonly places: Readonly<Record<number, readonly Stretch[]>>;
  /** The directions whose receiving end has been seen in the kernel's tables. */
  readonly receivers: Readonly<Record<string, true>>;
  /** The ways of datagrams from which some were received since that reading. */
  readonly taken: Readonly<Record<string, true>>;
}

export const noFlows: Flows = {inFlight: {}, sends: 0, places: {}, receivers: {}, taken: {}};

// An IPv4 client of a dual-stack listener is ::ffff:a.b.c.d on one side only (RFC 4291 section 2.5.5.2).
const unmapped = (end: Endpoint): Endpoint => ('host' in end ? {...end, host: end.host.replace(/^::ffff:/i, '')} : end);

/** The name of the direction from one end to the other. */
export const direction = (from: Endpoint, to: Endpoint): string => flowKey(unmapped(from), unmapped(to));

/** The way of the datagrams to one socket, by its inode: a socket that sends them may have no name yet. */
export const datagramsTo = (inode: number): string => `datagrams ${inode}`;
/** Datagrams to an address that no socket here has are on no way. */
export const datagramsToNobody = datagramsTo(0);
export const isOfDatagrams = (way: string): boolean => way.startsWith('datagrams ');

/** Datagrams end with the socket that they wait at. */
export function withoutReceivers(flows: Flows, inodes: ReadonlySet<number>): Flows {
  const ways = Object.entries(flows.inFlight);
  const open = new Set([...inodes].map(datagramsTo));
  const kept = ways.filter(([way]) => !isOfDatagrams(way) || open.has(way));
  return kept.length === ways.length ? flows : {...flows, inFlight: Object.fromEntries(kept)};
}

/** A send() offers its bytes when it starts: the peer may have them before the sender hears that it worked. */
export function offer(flows: Flows, way: string, length: number): {flows: Flows; mark: Mark} {
  const mark = {send: flows.sends, length};
  if (way === datagramsToNobody) return {flows: {...flows, sends: flows.sends + 1}, mark};
  const onTheWay = onWay({...flows, sends: flows.sends + 1}, way, [...(flows.inFlight[way] ?? []), mark]);
  return {flows: onTheWay, mark};
}

/** Replaces what is on its way in one direction; a direction with nothing in it is not kept. */
function onWay(flows: Flows, way: string, marks: readonly Mark[]): Flows {
  const {[way]: _, ...others} = flows.inFlight;
  return {...flows, inFlight: marks.length > 0 ? {...others, [way]: marks} : others};
}

/** What send() did not take of its offer was never on its way. */
export function withdraw(flows: Flows, way: string, send: number, excess: number): Flows {
  const marks = (flows.inFlight[way] ?? [])
    .map(mark => (mark.send === send ? {...mark, length: mark.length - excess} : mark))
    .filter(mark => mark.send !== send || mark.length > 0);
  return onWay(flows, way, marks);
}

/** A recv() takes from the front, and learns whose bytes it has. Where what it left is has to be read again. */
export function take(flows: Flows, way: string, length: number): {flows: Flows; marks: readonly Mark[]} {
  const taken: Mark[] = [];
  const left: Mark[] = [];
  let wanted = length;
  for (const mark of flows.inFlight[way] ?? []) {
    const now = Math.min(mark.length, wanted);
    wanted -= now;
    if (now > 0) taken.push({send: mark.send, length: now});
    if (mark.length > now) left.push({send: mark.send, length: mark.length - now});
  }
  return {flows: unread(onWay(flows, way, left), flows.inFlight[way] ?? []), marks: taken};
}

function unread(flows: Flows, marks: readonly Mark[]): Flows {
  const again = new Set(marks.map(({send}) => String(send)));
  return {...flows, places: Object.fromEntries(Object.entries(flows.places).filter(([send]) => !again.has(send)))};
}

/**
 * A datagram is received whole or cut: what did not fit is gone with it. An empty one is received too. One that was looked for
 * and not seen in the queue is passed over where another was.
 */
export function takeDatagram(flows: Flows, way: string, length: number): {flows: Flows; marks: readonly Mark[]} {
  const waiting = flows.inFlight[way] ?? [];
  const first = waiting.find(({send}) => flows.places[send]?.[0]?.place !== 'unseen') ?? waiting[0];
  if (!first) return {flows, marks: []};
  const others = waiting.filter(mark => mark !== first);
  const kept = Math.min(length, first.length);
  const lost = first.length - kept;
  const left = {...onWay(flows, way, others), taken: {...flows.taken, [way]: true as const}};
  return {flows: left, marks: [{send: first.send, length: kept, ...(lost > 0 ? {lost} : {})}]};
}

/** A, B … Z, then A2, B2 … */
export function letterOf(send: number): string {
  const letter = String.fromCharCode(65 + (send % 26));
  return send < 26 ? letter : `${letter}${Math.floor(send / 26) + 1}`;
}
