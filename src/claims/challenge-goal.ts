import {type ActorName, sideOf} from '../model/actor.ts';
import {endpointText} from '../model/address.ts';
import {type Fd, fd} from '../model/brands.ts';
import {type Call, isAccepting} from '../model/call.ts';
import type {Failure, Goal, TcpSockets, Transport} from '../model/challenge.ts';
import {fromBase64} from '../model/payload.ts';
import type {SocketRow} from '../model/sockets.ts';
import type {TcpFlag} from '../model/wire.ts';
import {direction, type Mark} from '../timeline/passport.ts';
import {isReceiving} from '../timeline/project.ts';
import type {ReadFrame} from '../timeline/read-frames.ts';
import type {CallLine, View} from '../timeline/view.ts';

/** Whether the kernel shows what a challenge asks for. `frames` are those that were captured by now; null where nothing is. */
export function isReached(goal: Goal, view: View, frames: readonly ReadFrame[] | null): boolean {
  switch (goal.kind) {
    case 'sockets':
      return hasSockets(goal, view);
    case 'shared-port':
      return hasSharedPort(goal.host, view);
    case 'sleeps':
      return sleeps(goal, view);
    case 'fails':
      return hasFailed(goal, view);
    case 'segment':
      return frames ? frames.some(frame => hasFlags(frame, goal.flags)) : hasFailed(goal.otherwise, view);
    case 'half-closed':
      return tcpRows(view).some(row => isHalfClosed(row, view));
    case 'joined':
      return receptions(view).some(({marks}) => sendsOf(marks, view).length >= goal.sends);
    case 'cut-character':
      return receptions(view).some(({marks}) => marks.some(mark => isCutInCharacter(mark, view)));
  }
}

const tcpRows = ({lanes}: View): SocketRow[] =>
  lanes.flatMap(lane => lane.sockets).filter(({protocol}) => protocol.startsWith('tcp'));

function hasSockets(goal: TcpSockets, view: View): boolean {
  const inState = tcpRows(view).filter(({state}) => state === goal.state);
  const like = inState.filter(row => isLike(row, goal));
  return goal.count === undefined ? like.length > 0 : like.length === goal.count && inState.length === goal.count;
}

const isLike = (row: SocketRow, {side, heldBy, isToItself}: TcpSockets): boolean =>
  (side === undefined || sideOf(row.actor) === side) &&
  (heldBy === undefined || row.heldBy === heldBy) &&
  (isToItself === undefined || isConnectedToItself(row) === isToItself);

const isConnectedToItself = ({local, remote}: SocketRow): boolean =>
  remote !== null && endpointText(remote) === endpointText(local);

/** Two descriptors of one socket are not two sockets. */
function hasSharedPort(host: string, view: View): boolean {
  const listening = tcpRows(view).filter(
    ({state, local}) => state === 'LISTEN' && 'host' in local && local.host === host,
  );
  return listening.some(row =>
    listening.some(other => other.inode !== row.inode && endpointText(other.local) === endpointText(row.local)),
  );
}

function sleeps({calls, transport}: Extract<Goal, {kind: 'sleeps'}>, view: View): boolean {
  const asleep = view.lanes.filter(({waiting}) => waiting?.seen?.threadState === 'S').map(({actor}) => actor);
  return view.calls.some(
    line =>
      line.result.kind === 'waiting' &&
      asleep.includes(line.actor) &&
      calls.includes(line.call.name) &&
      isOn(transport, line, view),
  );
}

const hasFailed = (failure: Failure, view: View): boolean => view.calls.some(line => isFailure(line, failure, view));

function isFailure(line: CallLine, {errno, calls, transport, isAfterSuccess}: Failure, view: View): boolean {
  const {result, call} = line;
  if (result.kind !== 'failed' || result.errno !== errno || !calls.includes(call.name)) return false;
  return isOn(transport, line, view) && (!isAfterSuccess || isAfterOneThatWorked(line, view));
}

function isAfterOneThatWorked(line: CallLine, view: View): boolean {
  const before = callsBefore(line, view).at(-1);
  return before?.call.name === line.call.name && before.result.kind === 'returned';
}

const isOn = (transport: Transport | undefined, line: CallLine, view: View): boolean =>
  transport === undefined || transportOf(line, view) === transport;

/** The calls tell: a socket whose call failed may be closed by now. Null for a Unix socket, and for what no call made. */
function transportOf(line: CallLine, view: View): Transport | null {
  const maker = makerOf(line.actor, fdOf(line.call), view.calls, line.seq);
  if (!maker) return null;
  if (maker.call.name !== 'socket') return transportOf(maker, view);
  if (maker.call.domain === 'AF_UNIX') return null;
  return ({SOCK_STREAM: 'tcp', SOCK_DGRAM: 'udp', SOCK_SEQPACKET: null, SOCK_RAW: null} as const)[maker.call.type];
}

/** The call that made this descriptor, the newest before a moment: numbers are used again. */
const makerOf = (actor: ActorName, of: Fd | undefined, calls: readonly CallLine[], before = Number.POSITIVE_INFINITY) =>
  calls.findLast(line => line.seq < before && line.actor === actor && madeFd(line) === of);

/** The calls on the same socket before this one, oldest first. */
function callsBefore({seq, actor, call}: CallLine, {calls}: View): CallLine[] {
  const from = makerOf(actor, fdOf(call), calls, seq)?.seq ?? seq;
  return calls.filter(
    line => line.seq > from && line.seq < seq && line.actor === actor && fdOf(line.call) === fdOf(call),
  );
}

const madeFd = ({call, result}: CallLine): Fd | null =>
  (call.name === 'socket' || isAccepting(call)) && result.kind === 'returned' ? fd(result.value) : null;

/** Undefined for a call that has no descriptor. */
const fdOf = (call: Call): Fd | undefined => ('fd' in call ? call.fd : undefined);

const hasFlags = ({summary}: ReadFrame, flags: readonly TcpFlag[]): boolean =>
  summary?.kind === 'tcp' && flags.every(flag => summary.flags.includes(flag));

function isHalfClosed(row: SocketRow, view: View): boolean {
  const {state, heldBy, local, remote} = row;
  const isOpen = state === 'FIN_WAIT2' && heldBy === 'descriptor';
  if (!isOpen || !row.recvQueue || !remote || row.fd === null) return false;
  const sent = finOf(row.actor, row.fd, view);
  const waiting = view.flows.inFlight[direction(remote, local)] ?? [];
  return sent !== undefined && sendsOf(waiting, view).some(({seq}) => seq > sent.seq);
}

/** The shutdown() that sent the FIN: others may have been made since. */
function finOf(actor: ActorName, of: Fd, {calls}: View): CallLine | undefined {
  const from = makerOf(actor, of, calls)?.seq ?? 0;
  return calls.find(
    ({seq, call, ...line}) =>
      seq > from &&
      line.actor === actor &&
      call.name === 'shutdown' &&
      call.fd === of &&
      call.how !== 'SHUT_RD' &&
      line.result.kind === 'returned',
  );
}

const receptions = ({calls}: View): CallLine[] =>
  calls.filter(({call, result}) => isReceiving(call) && result.kind === 'returned');

/** The calls of send() that these bytes come from. */
const sendsOf = (marks: readonly Mark[], view: View): CallLine[] =>
  view.calls.filter(({call, marks: [own]}) => call.name === 'send' && marks.some(mark => mark.send === own?.send));

/** Whether what was lost of a datagram begins inside a character. */
function isCutInCharacter({send, length, lost = 0}: Mark, {calls}: View): boolean {
  const sent = calls.find(({call, marks}) => !isReceiving(call) && marks[0]?.send === send);
  if (lost === 0 || !sent || !('data' in sent.call)) return false;
  const bytes = fromBase64(sent.call.data);
  return isUtf8(bytes) && isContinuation(bytes[length]);
}

/** RFC 3629 section 3: every byte of a character but its first is 10xxxxxx. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', {fatal: true}).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
