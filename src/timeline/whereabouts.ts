import type {Endpoint} from '../model/address.ts';
import type {SocketRow} from '../model/sockets.ts';
import {datagramsTo, direction, type Flows, isOfDatagrams, type Mark, type Place, type Stretch} from './passport.ts';

/** A reading of the kernel's tables, and the one before it. */
export interface Reading {
  readonly before: readonly SocketRow[];
  readonly now: readonly SocketRow[];
  /** The sends whose calls have not returned: they may not have begun when the tables were read. */
  readonly open: ReadonlySet<number>;
}

/** Looks where the bytes are that are on their way. */
export function locate(flows: Flows, reading: Reading): Flows {
  const known = {...flows, receivers: withReceivers(flows.receivers, reading.now)};
  const found = Object.keys(flows.inFlight).reduce(
    (so, way) => (isOfDatagrams(way) ? locateDatagrams(so, way, reading) : locateStream(so, way, reading.now)),
    known,
  );
  return {...found, taken: {}};
}

function withReceivers(known: Flows['receivers'], rows: readonly SocketRow[]): Flows['receivers'] {
  const ways = rows.flatMap(row => (isStream(row) && row.remote ? [direction(row.remote, row.local)] : []));
  return ways.every(way => known[way]) ? known : {...known, ...Object.fromEntries(ways.map(way => [way, true]))};
}

const isStream = ({protocol}: SocketRow): boolean => protocol.startsWith('tcp');

/** The oldest bytes are in the receive queue, the newest in the send queue, as far as these go. */
function locateStream(flows: Flows, way: string, rows: readonly SocketRow[]): Flows {
  const marks = flows.inFlight[way] ?? [];
  const {receiver, sender} = endsOf(way, rows);
  const all = marks.reduce((sum, {length}) => sum + length, 0);
  const isRead = receiver !== undefined && receiver.heldBy !== 'kernel';
  // A FIN counts as one byte in either queue.
  const received = isRead ? Math.min(receiver.recvQueue ?? 0, all) : 0;
  const unsent = Math.min(sender?.sendQueue ?? 0, all - received);
  const rest = !isRead && flows.receivers[way] ? 'gone' : 'unseen';
  const stretches: Stretch[] = [
    {place: 'recv-queue', length: received},
    {place: rest, length: all - received - unsent},
    {place: 'send-queue', length: unsent},
  ];
  const found = {...flows, places: {...flows.places, ...dealtTo(marks, stretches)}};
  return rest === 'gone' && !receiver && !sender ? withoutWay(found, way) : found;
}

function endsOf(way: string, rows: readonly SocketRow[]) {
  const isWay = (from: Endpoint, to: Endpoint | null, flipped: boolean) =>
    to !== null && (flipped ? direction(to, from) : direction(from, to)) === way;
  const streams = rows.filter(isStream);
  return {
    receiver: streams.find(({local, remote}) => isWay(local, remote, true)),
    sender: streams.find(({local, remote}) => isWay(local, remote, false)),
  };
}

/** To each mark its part of the stretches, in order. */
function dealtTo(marks: readonly Mark[], stretches: readonly Stretch[]): Record<number, readonly Stretch[]> {
  const left = stretches.map(stretch => ({...stretch}));
  return Object.fromEntries(
    marks.map(({send, length}) => {
      let wanted = length;
      const parts = left.flatMap(stretch => {
        const part = Math.min(stretch.length, wanted);
        stretch.length -= part;
        wanted -= part;
        return part > 0 ? [{place: stretch.place, length: part}] : [];
      });
      return [send, parts];
    }),
  );
}

function withoutWay(flows: Flows, way: string): Flows {
  const {[way]: _, ...others} = flows.inFlight;
  return {...flows, inFlight: others};
}

/**
 * The queue of a datagram socket is counted in memory, all datagrams together. So of each only this is known: none is there
 * when the queue is empty; new ones came when it changed; as many were dropped as the socket's counter says.
 */
function locateDatagrams(flows: Flows, way: string, {before, now, open}: Reading): Flows {
  const row = now.find(({inode}) => datagramsTo(inode) === way);
  // The table of Unix sockets has no queues.
  if (!row || row.recvQueue === null) return flows;
  const old = before.find(({inode}) => inode === row.inode);
  const isEmpty = row.recvQueue === 0;
  const hasChanged = flows.taken[way] || row.recvQueue !== (old?.recvQueue ?? 0);
  const marks = flows.inFlight[way] ?? [];
  const came = newest(marks, flows, open);
  const dropped = droppedOf(came, (row.drops ?? 0) - (old?.drops ?? 0));
  const left = marks.filter(mark => !dropped.includes(mark));
  const isThere = (mark: Mark) => (came.includes(mark) && hasChanged) || placeOf(flows, mark) === 'recv-queue';
  const found = left
    .filter(({send}) => !open.has(send))
    .map((mark): [Mark, Place] => [mark, !isEmpty && isThere(mark) ? 'recv-queue' : 'unseen']);
  const lost = dropped.map((mark): [Mark, Place] => [mark, 'dropped']);
  return {
    ...flows,
    inFlight: left.length > 0 ? {...flows.inFlight, [way]: left} : withoutWay(flows, way).inFlight,
    places: {...flows.places, ...Object.fromEntries([...found, ...lost].map(placed))},
  };
}

const placed = ([{send, length}, place]: readonly [Mark, Place]) => [send, [{place, length}]] as const;
const placeOf = ({places}: Flows, {send}: Mark): Place | undefined => places[send]?.[0]?.place;

/** Those that were sent since the last reading; where there are none, the last that was not seen: that reading may have begun before. */
function newest(marks: readonly Mark[], flows: Flows, open: ReadonlySet<number>): readonly Mark[] {
  const fresh = marks.filter(mark => placeOf(flows, mark) === undefined && !open.has(mark.send));
  return fresh.length > 0 ? fresh : marks.filter(mark => placeOf(flows, mark) === 'unseen').slice(-1);
}

/** What came last found no room: that is known when all that came are dropped, or all are of one length. */
function droppedOf(came: readonly Mark[], count: number): readonly Mark[] {
  const isKnown = count >= came.length || new Set(came.map(({length}) => length)).size === 1;
  return count > 0 && isKnown ? came.slice(-count) : [];
}
