import {readdir, readFile, readlink} from 'node:fs/promises';
import type {ActorName} from '../../model/actor.ts';
import {type Endpoint, endpointOf, endpointText, flowKey} from '../../model/address.ts';
import {type Fd, fd, type Pid} from '../../model/brands.ts';
import {type Call, isAccepting, type SocketType} from '../../model/call.ts';
import type {Outcome} from '../../model/outcome.ts';
import type {SocketProtocol, SocketRow} from '../../model/sockets.ts';
import type {ActorProcess} from '../actor/actor-process.ts';
import type {Look} from '../actor/actor-protocol.ts';
import {IPPROTO_TCP, IPPROTO_UDP} from '../libc/constants.ts';
import {decodeTcpInfo} from '../libc/tcp-info.ts';
import {inetTables, parseInetTable, parseUnixTable, type TableRow} from './proc-net.ts';

interface OpenSocket {
  readonly fd: Fd;
  readonly inode: number;
  readonly protocol: SocketProtocol;
}

/**
 * Finds the actors' sockets in the kernel's tables: by inode while a descriptor holds them, and by their two ends once
 * only the kernel does. It remembers nothing but which sockets were made, and which ends they were seen with.
 */
export class Observer {
  readonly #made = new Map<ActorName, Map<Fd, SocketProtocol>>();
  /** Flow key -> whose socket had these ends. */
  readonly #seen = new Map<string, ActorName>();

  /** Keeps the list of each actor's descriptors: what calls made, less what close() closed. */
  notice(actor: ActorName, call: Call, outcome: Outcome): void {
    const made = this.#made.get(actor) ?? new Map<Fd, SocketProtocol>();
    this.#made.set(actor, made);
    if (outcome.kind !== 'returned') return;
    if (call.name === 'close') made.delete(call.fd);
    if (isAccepting(call)) keep(made, [fd(outcome.value)], made.get(call.fd) ?? null);
    if (call.name === 'socket') keep(made, [fd(outcome.value)], protocolOf(call));
    if (call.name === 'socketpair') keep(made, outcome.fds ?? [], protocolOf(call));
  }

  /** Another process has taken the place of this actor's: its descriptors are its own. */
  forget(actor: ActorName): void {
    this.#made.delete(actor);
  }

  async read(actors: readonly ActorProcess[]): Promise<SocketRow[]> {
    const namespaces = await readNamespaces(actors);
    const read = namespaces.map(async namespace => {
      const {inside, tables} = namespace;
      const rows = (await Promise.all(inside.map(actor => this.#rowsOf(actor, namespace)))).flat();
      for (const row of rows) if (row.remote) this.#seen.set(flowKey(row.local, row.remote), row.actor);
      return {rows, held: this.#held(rows, tables)};
    });
    const all = await Promise.all(read);
    const place = new Map(actors.map(({name}, i) => [name, i]));
    const rows = all.flatMap(one => one.rows).sort((a, b) => (place.get(a.actor) ?? 0) - (place.get(b.actor) ?? 0));
    return [...rows, ...all.flatMap(({held}) => held)];
  }

  async #rowsOf(actor: ActorProcess, {byInode}: Namespace): Promise<SocketRow[]> {
    if (actor.name === 'router') return rowsOfProcess(actor.name, actor.pid, byInode);
    const sockets = await openSockets(actor.pid, this.#made.get(actor.name) ?? new Map());
    const listed = new Map(sockets.map(socket => [socket.fd, byInode.get(socket.inode)]));
    const unlisted = sockets.filter(socket => !listed.get(socket.fd)).map(socket => socket.fd);
    const tcp = sockets.filter(
      socket => socket.protocol.startsWith('tcp') && listed.get(socket.fd)?.state !== 'LISTEN',
    );
    const look = await actor.look(
      unlisted,
      tcp.map(socket => socket.fd),
    );
    const nodes = await Promise.all(actor.nodes().map(pid => rowsOfProcess(actor.name, pid, byInode)));
    // Of what is in no table only the actor itself can tell, and a stopped one does not.
    const known = sockets.filter(socket => listed.get(socket.fd) || look.names[socket.fd]);
    return [...known.map(socket => rowOf(actor.name, socket, listed.get(socket.fd), look)), ...nodes.flat()];
  }

  /** Rows with inode 0: finished connections that wait for accept(), and what the kernel keeps after close(). */
  #held(rows: readonly SocketRow[], tables: readonly TableRow[]): SocketRow[] {
    return tables.flatMap(row => {
      if (row.inode !== 0 || !row.remote) return [];
      const closedBy = this.#seen.get(flowKey(row.local, row.remote));
      if (closedBy) return {...row, actor: closedBy, fd: null, listed: true, heldBy: 'kernel' as const};
      const listener = isQueued(row) && rows.find(open => open.state === 'LISTEN' && covers(open, row));
      if (!listener) return [];
      return {...row, actor: listener.actor, fd: null, listed: true, heldBy: 'accept-queue' as const};
    });
  }
}

// Not yet accepted, so not yet closed: any other state is left from an earlier program on the same port, not ours to show.
const isQueued = ({state}: TableRow): boolean =>
  state === 'SYN_RECV' || state === 'ESTABLISHED' || state === 'CLOSE_WAIT';

/** A listener takes connections to its own address, or to any of its protocol with the wildcard address (0.0.0.0 or ::). */
function covers(listener: SocketRow, {protocol, local}: TableRow): boolean {
  if (listener.protocol !== protocol || 'path' in listener.local || 'path' in local) return false;
  if (listener.local.port !== local.port) return false;
  return [local.host, '0.0.0.0', '::'].includes(listener.local.host);
}

async function openSockets(pid: Pid, made: ReadonlyMap<Fd, SocketProtocol>): Promise<OpenSocket[]> {
  const found = await Promise.all(
    [...made].map(async ([n, protocol]) => {
      const inode = await inodeOf(pid, n);
      return inode ? [{fd: n, inode, protocol}] : [];
    }),
  );
  return found.flat();
}

/**
 * The sockets of a process whose calls are not ours, such as a Node program or the practice router: all its descriptors are
 * looked at, and only those in a table are known.
 */
async function rowsOfProcess(actor: ActorName, pid: Pid, byInode: Namespace['byInode']): Promise<SocketRow[]> {
  const numbers = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const rows = await Promise.all(
    numbers.map(async n => {
      const inode = await inodeOf(pid, n);
      // The channel to this program is a Unix socket too.
      const row = inode ? byInode.get(inode) : undefined;
      return row && row.protocol !== 'unix'
        ? [{...row, actor, fd: fd(Number(n)), listed: true, heldBy: 'descriptor' as const}]
        : [];
    }),
  );
  return rows.flat();
}

async function inodeOf(pid: Pid, n: number | string): Promise<number | null> {
  const link = await readlink(`/proc/${pid}/fd/${n}`).catch(() => '');
  const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
  return inode ? Number(inode) : null;
}

/** A network namespace: two may have the same addresses and ports. */
interface Namespace {
  readonly inside: readonly ActorProcess[];
  readonly tables: readonly TableRow[];
  readonly byInode: ReadonlyMap<number, TableRow>;
}

/** Every table of each network namespace that an actor is in. */
async function readNamespaces(actors: readonly ActorProcess[]): Promise<readonly Namespace[]> {
  const found = new Map<string, ActorProcess[]>();
  for (const actor of actors) {
    const namespace = await readlink(`/proc/${actor.pid}/ns/net`).catch(() => String(actor.pid));
    found.set(namespace, [...(found.get(namespace) ?? []), actor]);
  }
  return Promise.all(
    [...found.values()].map(async inside => {
      const tables = await readTables(inside);
      return {inside, tables, byInode: new Map(tables.map(row => [row.inode, row]))};
    }),
  );
}

/** Those that are in one namespace share its tables; the newest of them is asked. */
async function readTables(inside: readonly ActorProcess[]): Promise<TableRow[]> {
  const pid = inside.at(-1)?.pid;
  const read = (name: string) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '');
  const inet = inetTables.map(async name => parseInetTable(name, await read(name)));
  return [...(await Promise.all(inet)).flat(), ...parseUnixTable(await read('unix'))];
}

function rowOf(actor: ActorName, socket: OpenSocket, listed: TableRow | undefined, look: Look): SocketRow {
  const tcpInfo = decodeTcpInfo(Buffer.from(look.tcpInfo[socket.fd] ?? '', 'base64'));
  const common = {actor, fd: socket.fd, inode: socket.inode, heldBy: 'descriptor' as const};
  if (listed) {
    const connected = tcpInfo && isConnected(listed);
    return {...listed, ...common, listed: true, ...(connected ? {tcpInfo} : {})};
  }
  return {
    ...common,
    protocol: socket.protocol,
    local: nameOf(socket, look),
    remote: null,
    // A datagram or Unix socket without a row is not connected to anything.
    state: tcpInfo?.state ?? (socket.protocol === 'unix' ? 'UNCONNECTED' : 'CLOSE'),
    recvQueue: null,
    sendQueue: null,
    listed: false,
  };
}

const isConnected = (row: TableRow): boolean =>
  row.remote !== null && endpointText(row.remote).endsWith(':0') === false;

function nameOf(socket: OpenSocket, look: Look): Endpoint {
  const name = look.names[socket.fd];
  if (name?.kind === 'returned' && name.address) return endpointOf(name.address);
  return {path: ''};
}

/** What is listed nowhere is not kept: its descriptor may have been another socket's. */
function keep(made: Map<Fd, SocketProtocol>, fds: readonly Fd[], protocol: SocketProtocol | null): void {
  for (const one of fds) {
    if (protocol) made.set(one, protocol);
    else made.delete(one);
  }
}

/**
 * The table of /proc/net that lists such a socket; null where it is none of those that are read: raw sockets, and other
 * protocols than TCP and UDP, such as SCTP, MPTCP and ICMP.
 */
function protocolOf({domain, type, protocol}: Extract<Call, {name: 'socket' | 'socketpair'}>): SocketProtocol | null {
  if (domain === 'AF_UNIX') return 'unix';
  const base = baseOf(type, protocol);
  return base && domain === 'AF_INET6' ? `${base}6` : base;
}

function baseOf(type: SocketType, protocol: number): 'tcp' | 'udp' | null {
  if (type === 'SOCK_STREAM' && (protocol === 0 || protocol === IPPROTO_TCP)) return 'tcp';
  return type === 'SOCK_DGRAM' && (protocol === 0 || protocol === IPPROTO_UDP) ? 'udp' : null;
}
