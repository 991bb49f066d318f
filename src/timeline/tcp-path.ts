import type {ActorName} from '../model/actor.ts';
import {type Endpoint, flowKey} from '../model/address.ts';
import type {SocketRow, TcpState} from '../model/sockets.ts';
import {isTcpState} from '../model/tcp-transitions.ts';

/** A TCP socket as it was last seen. A closed one keeps the inode that it had, so that it is known again. */
export interface SeenSocket {
  readonly actor: ActorName;
  readonly inode: number;
  /** The descriptor that it has, or had when it was closed; null for one that nobody has accepted. */
  readonly fd: number | null;
  /** Its two ends; null while it has only one. */
  readonly ends: string | null;
  readonly state: TcpState;
  readonly unread: number;
}

/** From one reading of the kernel to the next a socket's state changed. What it passed in between was not seen. */
export interface TcpMove {
  readonly actor: ActorName;
  readonly from: TcpState;
  readonly to: TcpState;
}

export interface TcpPath {
  readonly sockets: readonly SeenSocket[];
  /** Each pair of states once for each actor; the newest last. */
  readonly moves: readonly TcpMove[];
}

export const noPath: TcpPath = {sockets: [], moves: []};

/** The path after the kernel was read once more. */
export function seeSockets(before: TcpPath, rows: readonly SocketRow[]): TcpPath {
  const sockets: SeenSocket[] = [];
  const moves: TcpMove[] = [];
  const seenAs = byKeys(before.sockets, seen => keysOf(seen.actor, seen.inode, seen.ends));
  const now = byKeys(rows, row => keysOf(row.actor, row.inode, endsOf(row)));
  for (const row of rows) {
    if (!row.protocol.startsWith('tcp') || !isTcpState(row.state)) continue;
    const earlier = keysOf(row.actor, row.inode, endsOf(row)).flatMap(key => seenAs.get(key) ?? [])[0];
    if (isShell(row, earlier, rows)) continue;
    const from = earlier?.state ?? originOf(row, rows);
    if (from !== row.state) moves.push({actor: row.actor, from, to: row.state});
    sockets.push({
      actor: row.actor,
      inode: row.inode || (earlier?.inode ?? 0),
      fd: row.fd ?? earlier?.fd ?? null,
      ends: endsOf(row) ?? earlier?.ends ?? null,
      state: row.state,
      unread: row.recvQueue ?? 0,
    });
  }
  for (const seen of before.sockets) {
    if (hasEnded(seen) && !keysOf(seen.actor, seen.inode, seen.ends).some(key => now.has(key))) {
      moves.push({actor: seen.actor, from: seen.state, to: 'CLOSE'});
    }
  }
  return {sockets, moves: moves.reduce(withMove, before.moves)};
}

/** What tells a socket of an actor's from others: its inode while a process holds it, and its two ends. */
const keysOf = (actor: ActorName, inode: number, ends: string | null): readonly string[] => [
  ...(inode === 0 ? [] : [`${actor} ${inode}`]),
  ...(ends === null ? [] : [`${actor} ${ends}`]),
];

function byKeys<T>(all: readonly T[], keys: (one: T) => readonly string[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  // Of several the first.
  for (const one of all) for (const key of keys(one)) if (!found.has(key)) found.set(key, one);
  return found;
}

const endsOf = ({local, remote}: SocketRow): string | null =>
  remote && !isNowhere(remote) ? flowKey(local, remote) : null;
const isNowhere = (end: Endpoint): boolean => 'port' in end && end.port === 0;

/** A descriptor whose connection the kernel has taken away to wait in TIME_WAIT, in a row of its own. */
const isShell = (row: SocketRow, earlier: SeenSocket | undefined, rows: readonly SocketRow[]): boolean =>
  !row.listed &&
  earlier?.ends != null &&
  rows.some(other => other !== row && other.actor === row.actor && endsOf(other) === earlier.ends);

/** What a socket was before it was first seen: its listener, or new. */
function originOf(row: SocketRow, rows: readonly SocketRow[]): TcpState {
  if (row.state === 'LISTEN' || !('port' in row.local)) return 'CLOSE';
  const {port} = row.local;
  const comesFromListener = rows.some(
    other =>
      other.state === 'LISTEN' && other.actor === row.actor && 'port' in other.local && other.local.port === port,
  );
  return comesFromListener ? 'LISTEN' : 'CLOSE';
}

// Where unread bytes are left, or from any other state, a row that is gone means RST. FIN counts as one byte.
const endsQuietly: ReadonlySet<TcpState> = new Set(['LISTEN', 'SYN_SENT', 'CLOSE_WAIT', 'LAST_ACK', 'TIME_WAIT']);
const hasEnded = ({state, unread}: SeenSocket): boolean =>
  endsQuietly.has(state) && (state === 'LISTEN' || unread <= 1);

const withMove = (moves: readonly TcpMove[], move: TcpMove): readonly TcpMove[] => [
  ...moves.filter(({actor, from, to}) => actor !== move.actor || from !== move.from || to !== move.to),
  move,
];
