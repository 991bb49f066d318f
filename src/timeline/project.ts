import {type ActorName, actorNames} from '../model/actor.ts';
import {type Endpoint, endpointOf, isNowhere} from '../model/address.ts';
import {type Call, messageFlags} from '../model/call.ts';
import type {LogEvent} from '../model/event.ts';
import {fromBase64} from '../model/payload.ts';
import type {SocketRow} from '../model/sockets.ts';
import type {Log} from './log.ts';
import {
  datagramsTo,
  datagramsToNobody,
  direction,
  type Flows,
  isOfDatagrams,
  type Mark,
  offer,
  take,
  takeDatagram,
  withdraw,
  withoutReceivers,
} from './passport.ts';
import {seeSockets} from './tcp-path.ts';
import {type CallLine, callsKept, emptyView, framesKept, type Lane, type View} from './view.ts';
import {locate} from './whereabouts.ts';

/** A view is kept at each multiple of this, so that going anywhere folds fewer events than this. */
const checkpointEvery = 64;

const checkpoints = new WeakMap<Log, View[]>();
/** Most often the end of a growing log is asked for: from its last view there are few events to fold. */
const newest = new WeakMap<Log, View>();

/**
 * What the first `upTo` events say, 0 to `log.events.length`. The same log and number give the same view; going to a
 * neighbour costs the same in a long log as in a short one.
 */
export function project(log: Log, upTo: number): View {
  const kept = checkpoints.get(log) ?? [emptyView];
  checkpoints.set(log, kept);
  const from = Math.min(Math.floor(upTo / checkpointEvery), kept.length - 1);
  const last = newest.get(log) ?? emptyView;
  let view = kept[from] ?? emptyView;
  if (last.length <= upTo && last.length > view.length) view = last;
  while (view.length < upTo) {
    const event = log.events[view.length];
    if (!event) break;
    view = fold(view, event);
    if (view.length % checkpointEvery === 0) kept[view.length / checkpointEvery] = view;
  }
  if (view.length > last.length) newest.set(log, view);
  return view;
}

export function fold(view: View, event: LogEvent): View {
  const before = 'lesson' in event && event.lesson !== view.lesson ? newLesson(view, event.lesson) : view;
  return {...changed(before, event), length: view.length + 1, at: event.at};
}

type EventOf<K extends LogEvent['kind']> = Extract<LogEvent, {kind: K}>;

/** What each event makes of a view. */
const changes: {readonly [K in LogEvent['kind']]: (view: View, event: EventOf<K>) => View} = {
  'actor-started': actorStarted,
  'call-started': callStarted,
  'call-returned': callReturned,
  'call-lost': (view, event) => inLane(finish(view, event, {result: {kind: 'lost'}}), event.actor, idle(event.call)),
  'program-started': (view, {actor, pid}) => inLane(view, actor, {program: pid}),
  said: heard,
  traced: heard,
  'kernel-read': kernelRead,
  frame: (view, event) => ({...view, frames: [...view.frames.slice(-framesKept + 1), event]}),
  'wire-counted': (view, {captured, dropped, omitted}) => ({...view, wire: {captured, dropped, omitted}}),
  predicted: (view, {step, choice}) => ({...view, predictions: {...view.predictions, [step]: choice}}),
  arranged: view => view,
  judged: (view, {step, holds, unmet, fulfilled}) => ({
    ...view,
    judgements: {...view.judgements, [step]: {holds, unmet, fulfilled}},
  }),
  'actor-exited': (view, {actor, code, signal}) =>
    actor === 'network'
      ? {...view, networkExit: {code, signal}}
      : inLane(view, actor, {exit: {code, signal}, waiting: null, running: null}),
};

const changed = (view: View, event: LogEvent): View =>
  (changes[event.kind] as (view: View, event: LogEvent) => View)(view, event);

function actorStarted(view: View, {actor, pid, host}: EventOf<'actor-started'>): View {
  const lane: Lane = {
    actor,
    pid,
    host: host ?? null,
    sockets: [],
    waiting: null,
    running: null,
    program: null,
    exit: null,
  };
  const lanes = [...view.lanes.filter(other => other.actor !== actor), lane].sort(serverFirst);
  // Where others are alive, and none of its name, it joins them: what was counted on the wire still holds.
  const alive = view.lanes.filter(other => other.exit === null);
  const joins = alive.length > 0 && alive.every(other => other.actor !== actor);
  return {...view, lanes, wire: joins ? view.wire : null, networkExit: joins ? view.networkExit : null};
}

function heard(view: View, event: EventOf<'said'> | EventOf<'traced'>): View {
  return {...view, heard: [...view.heard.slice(-callsKept + 1), event]};
}

function kernelRead(view: View, {sockets, waiting, files = view.files}: EventOf<'kernel-read'>): View {
  const lanes = view.lanes.map(lane => ({
    ...lane,
    sockets: sockets.filter(row => row.actor === lane.actor),
    waiting: lane.waiting && {
      ...lane.waiting,
      seen: waiting.find(seen => seen.actor === lane.actor) ?? lane.waiting.seen,
    },
  }));
  const followed = withoutReceivers(withoutRead(view, sockets), new Set(sockets.map(({inode}) => inode)));
  // Without a living process there is no table to read.
  if (lanes.every(lane => lane.exit !== null)) return {...view, lanes, flows: followed, files};
  const before = view.lanes.flatMap(lane => lane.sockets);
  const flows = locate(followed, {before, now: sockets, open: openSends(view)});
  return {...view, lanes, flows, files, tcp: seeSockets(view.tcp, sockets)};
}

const serverFirst = (a: Lane, b: Lane) => actorNames.indexOf(a.actor) - actorNames.indexOf(b.actor);

type Sending = Extract<Call, {name: 'send' | 'sendto'}>;
export const isSending = (call: Call): call is Sending => call.name === 'send' || call.name === 'sendto';
type Receiving = Extract<Call, {name: 'recv' | 'recvfrom'}>;
export const isReceiving = (call: Call): call is Receiving => call.name === 'recv' || call.name === 'recvfrom';

/**
 * Events of several lessons may follow each other in one log. Processes are started, and frames counted, before the first call
 * says which lesson it is.
 */
const newLesson = ({lanes, wire, networkExit}: View, lesson: string): View => ({
  ...emptyView,
  ...{lanes, wire, networkExit, lesson},
});

/** The router's calls are not seen, so what it has received is told by its queues: where they are empty, nothing is on its way. */
function withoutRead({flows, lanes}: View, sockets: readonly SocketRow[]): Flows {
  if (!lanes.some(lane => lane.actor === 'router')) return flows;
  const isQueued = sockets.some(row => row.actor === 'router' && row.heldBy !== 'kernel' && (row.recvQueue ?? 0) > 0);
  return isQueued ? flows : {...flows, inFlight: {}};
}

/** The sends whose calls have not returned. */
const openSends = ({calls}: View): ReadonlySet<number> =>
  new Set(
    calls.flatMap(({call, result, marks}) =>
      result.kind === 'waiting' && isSending(call) ? marks.map(({send}) => send) : [],
    ),
  );

const inLane = (view: View, actor: ActorName, change: Partial<Lane>): View => ({
  ...view,
  lanes: view.lanes.map(lane => (lane.actor === actor ? {...lane, ...change} : lane)),
});

function callStarted(view: View, event: Extract<LogEvent, {kind: 'call-started'}>): View {
  const {seq, step, actor, call, at, choices} = event;
  const way = wayOf(view, actor, call);
  const length = 'data' in call ? fromBase64(call.data).length : 0;
  const offered = 'data' in call && way ? offer(view.flows, way, inStream(call, length)) : null;
  const line: CallLine = {
    seq,
    step,
    actor,
    call,
    result: {kind: 'waiting'},
    elapsedUs: null,
    marks: offered ? [{...offered.mark, length}] : [],
  };
  return {
    ...inLane(
      view,
      actor,
      call.name === 'run' ? {running: call, program: null} : {waiting: {call, since: at, seen: null}},
    ),
    choices: choices ? {...view.choices, [step]: choices} : view.choices,
    calls: [...view.calls.slice(-callsKept + 1), line],
    callCount: view.callCount + 1,
    flows: offered
      ? isReadByProgram(view, actor, call)
        ? {...offered.flows, inFlight: view.flows.inFlight}
        : offered.flows
      : view.flows,
  };
}

/** A program's reads are not in the log: what is sent to it cannot be followed to its end, and is not shown on its way. */
function isReadByProgram(view: View, actor: ActorName, call: Call): boolean {
  const own = view.lanes.find(lane => lane.actor === actor)?.sockets ?? [];
  const remote = own.find(row => 'fd' in call && row.fd === call.fd)?.remote;
  if (!remote || !('port' in remote)) return false;
  return view.lanes.some(
    ({running, sockets}) => running && sockets.some(({local}) => 'port' in local && local.port === remote.port),
  );
}

function callReturned(view: View, event: Extract<LogEvent, {kind: 'call-returned'}>): View {
  const {actor, call, outcome, elapsedUs, sockaddr} = event;
  const way = wayOf(view, actor, call);
  const count = outcome.kind === 'returned' ? outcome.value : 0;
  let {flows} = view;
  let marks: readonly Mark[] | undefined;
  if (isSending(call) && way) {
    const offered = openLine(view, actor)?.marks[0];
    const isEmptyDatagram = isOfDatagrams(way) && outcome.kind === 'returned' && offered?.length === 0;
    const excess = offered ? inStream(call, offered.length) - inStream(call, count) : 0;
    if (offered && !isEmptyDatagram) flows = withdraw(flows, way, offered.send, excess);
    marks = offered && (count > 0 || isEmptyDatagram) ? [{send: offered.send, length: count}] : [];
  }
  if (isReceiving(call) && way && outcome.kind === 'returned') ({flows, marks} = received(flows, way, call, count));
  const change = {result: outcome, elapsedUs, ...(marks ? {marks} : {}), ...(sockaddr ? {sockaddr} : {})};
  return {...inLane(finish(view, event, change), actor, idle(call)), flows};
}

/** The last byte that MSG_OOB sends is the urgent one: it is received apart, unless SO_OOBINLINE is set (man 7 tcp). */
const inStream = (call: Call, length: number): number => (isUrgent(call) ? Math.max(0, length - 1) : length);

export const isUrgent = (call: Call): boolean =>
  (isSending(call) || isReceiving(call)) && (call.flags & messageFlags.MSG_OOB) !== 0;

/** Bytes that are only looked at stay where they are; of a datagram, what does not fit is gone. */
function received(flows: Flows, way: string, call: Receiving, count: number): {flows: Flows; marks: readonly Mark[]} {
  if (isUrgent(call)) return {flows, marks: []};
  const taken = isOfDatagrams(way) ? takeDatagram(flows, way, count) : take(flows, way, count);
  if ((call.flags & messageFlags.MSG_PEEK) === 0) return taken;
  return {flows, marks: taken.marks.map(({send, length}) => ({send, length}))};
}

/** Beside a program that it runs, an actor makes one call at a time: its open call is the newest of its lines. */
const openLine = (view: View, actor: ActorName): CallLine | undefined =>
  view.calls.findLast(line => line.actor === actor && line.call.name !== 'run');

const idle = (call: Call): Partial<Lane> => (call.name === 'run' ? {running: null} : {waiting: null});

function finish(
  view: View,
  {actor, call, seq}: {actor: ActorName; call: Call; seq: number},
  change: Partial<CallLine>,
): View {
  const isRun = call.name === 'run';
  const at = view.calls.findLastIndex(line => line.actor === actor && (line.call.name === 'run') === isRun);
  const line = view.calls[at];
  return line ? {...view, calls: view.calls.with(at, {...line, ...change, ended: seq})} : view;
}

/** The direction that this call's bytes take; null where the kernel has not shown the socket's two ends yet. */
function wayOf(view: View, actor: ActorName, call: Call): string | null {
  if (!isSending(call) && !isReceiving(call)) return null;
  const row = view.lanes
    .find(lane => lane.actor === actor)
    ?.sockets.find(socket => 'fd' in call && socket.fd === call.fd && socket.heldBy === 'descriptor');
  const [local, remote] = [row?.local, row?.remote ?? null];
  // On TCP the address is used by MSG_FASTOPEN only, which connects first.
  if (call.name === 'sendto' && !row?.protocol.startsWith('tcp'))
    return wayOfDatagram(view, endpointOf(call.address), local);
  if (!row || !local) return null;
  if (row.protocol.startsWith('udp') && isSending(call)) return remote && wayOfDatagram(view, remote, local);
  // The kernel's table names no peer of a Unix socket: only what sendto() sent to its path can be followed.
  if (row.protocol.startsWith('udp') || (row.protocol === 'unix' && isReceiving(call))) return datagramsTo(row.inode);
  if (!remote) return null;
  return isSending(call) ? direction(local, remote) : direction(remote, local);
}

/** The socket that a datagram to this address goes to: one with that name, or with the wildcard address and the port. */
function wayOfDatagram(view: View, to: Endpoint, from: Endpoint | undefined): string {
  const takers = view.lanes
    .flatMap(lane => lane.sockets)
    .filter(row => /^(udp6?|unix)$/.test(row.protocol) && isNameOf(row.local, to) && takesFrom(row, from));
  const taker = takers.find(row => !isUnset(row.remote)) ?? takers[0];
  return taker ? datagramsTo(taker.inode) : datagramsToNobody;
}

function isNameOf(local: Endpoint, to: Endpoint): boolean {
  if ('path' in to || 'path' in local) return 'path' in to && 'path' in local && to.path === local.path;
  return to.port === local.port && [to.host, '0.0.0.0', '::'].includes(local.host);
}

/** A datagram socket that is connected takes only what its peer sends (man 2 connect). */
const takesFrom = ({remote}: SocketRow, from: Endpoint | undefined): boolean =>
  isUnset(remote) ||
  (remote !== null && 'port' in remote && from !== undefined && 'port' in from && remote.port === from.port);

const isUnset = (end: Endpoint | null): boolean => end === null || isNowhere(end);
