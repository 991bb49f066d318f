import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {access, readFile} from 'node:fs/promises';
import type {HostName} from '../../model/actor.ts';
import type {FilterChange} from '../../model/filter.ts';
import type {Lost} from '../../model/outcome.ts';
import {toBase64} from '../../model/payload.ts';
import type {Frame} from '../../model/wire.ts';
import {AskedChild, type ChildExit, exitOf} from '../child/asked-child.ts';
import {builtFile} from '../child/built-file.ts';
import {childEnvironment} from '../child/child-environment.ts';
import {firstMessage} from '../child/first-message.ts';
import type {Timed} from '../libc/libc.ts';
import {framesHeld, type TakenFrame} from './frame-store.ts';
import type {Counted, NetworkKind, NetworkReply, NetworkRequest} from './network-protocol.ts';
import type {PortPair} from './port-filter.ts';

/** Why there is no private network here. */
export type Refusal =
  /** unshare(1) or nsenter(1) of util-linux is not there. */
  | {readonly kind: 'no-command'; readonly command: string}
  /** A sysctl says no: its name, and its value. */
  | {readonly kind: 'sysctl'; readonly name: string; readonly value: string}
  /** AppArmor lets no program without a profile of its own have privileges in its namespace. */
  | {readonly kind: 'apparmor'}
  /** Something else, such as the filter of a container: what unshare said. */
  | {readonly kind: 'refused'; readonly why: string}
  /** The namespace is there, and frames cannot be captured in it. */
  | {readonly kind: 'no-capture'; readonly why: string};

export class NoNetwork extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** A network that is captured: a private one, or, of kind `host`, this machine's loopback. */
export interface Network extends AsyncDisposable {
  readonly kind: NetworkKind;
  readonly pid: number;
  /** What stands before a command to have it run on a host of the network; nothing where that is this machine. */
  enter(host: HostName): readonly string[];
  /** Resolves when calls may be made: its devices are up, and captured. Throws `NoNetwork` or `NoProcess`. */
  readonly ready: Promise<void>;
  /** Whether frames are seen at all; where they are not, calls can be made all the same. */
  captures(): Promise<boolean>;
  /** Why no frames are seen; null where they are. */
  blind(): Promise<string | null>;
  /** The frames since the last time, or the newest of them, in the order of the wire, and how many there were in all. */
  frames(most?: number): Promise<{readonly frames: readonly Frame[]; readonly count: Counted}>;
  /** Adds a rule of the packet filter, or takes all away. The answer is `lost` when the network ends before it has. */
  filter(change: FilterChange): Promise<Timed | Lost>;
  /** How its process ended. Nothing is captured from then on, and no rule set. */
  readonly exited: Promise<NetworkExit>;
}

export type NetworkExit = ChildExit;

/** A process that has not left by then, in milliseconds, is killed. */
const leaveWithinMs = 500;

/**
 * Starts a network. Resolves as soon as its namespace is there, so that processes can be started in it while its devices are set
 * up. Throws `NoNetwork`, leaving nothing behind.
 *
 * @param only the ports between which frames are captured: of those the headers, and the newest few hundred; null captures all
 */
export async function openNetwork(kind: NetworkKind, only: PortPair | null = null): Promise<Network> {
  const program = [process.execPath, builtFile('network.js'), kind, ...(only ? [only.join(',')] : [])];
  // The shell's line says that the namespace is there, and that the program will be root of it.
  const inside = ['unshare', '-Urn', 'sh', '-c', 'echo; exec "$@"', 'sh', ...program];
  const [command = '', ...args] = kind === 'host' ? program : inside;
  const child = spawn(command, args, {
    stdio: ['ignore', kind === 'host' ? 'ignore' : 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: childEnvironment(),
  });
  const heard: string[] = [];
  child.on('error', error => heard.push(error.message));
  child.stderr?.setEncoding('utf8').on('data', text => heard.push(text));
  const exited = exitOf(child);
  if (kind === 'host') return connect(kind, child, exited, [command, ...args]);
  const isThere = await Promise.race([child.stdout && once(child.stdout, 'data').then(() => true), exited]);
  child.stdout?.destroy();
  if (isThere !== true) throw new NoNetwork(await refusalOf(heard.join('').trim()));
  const wanted = await firstMissing(['nsenter']);
  if (wanted === null) return connect(kind, child, exited, [command, ...args]);
  child.kill('SIGKILL');
  await exited;
  throw new NoNetwork({kind: 'no-command', command: wanted});
}

function connect(
  kind: NetworkKind,
  child: ChildProcess,
  exited: Promise<NetworkExit>,
  command: readonly string[],
): Network {
  const asked = new AskedChild<NetworkRequest, NetworkReply>(child, exited);
  let namespaces: Readonly<Partial<Record<HostName, number>>> = {};
  let isClosing = false;
  let blind: string | null = null;
  const close = async () => {
    isClosing = true;
    await asked.leave(leaveWithinMs);
  };
  const ready = firstMessage<NetworkReply>(child, () => (isClosing ? [] : command)).then(async reply => {
    if (reply.kind === 'ready') {
      namespaces = reply.namespaces;
      blind = reply.blind;
      return;
    }
    await close();
    const why = reply.kind === 'unable' ? reply.why : reply.kind;
    throw new NoNetwork({kind: 'no-capture', why});
  });
  // Whoever waits for it hears of a failure.
  ready.catch(() => {});
  return {
    kind,
    pid: child.pid ?? 0,
    ready,
    enter(host) {
      if (kind === 'host') return [];
      const own = namespaces[host];
      const net = own === undefined ? `/proc/${child.pid}/ns/net` : `/proc/${child.pid}/fd/${own}`;
      return ['nsenter', '-t', String(child.pid), '-U', '--preserve-credentials', `--net=${net}`, '--'];
    },
    async captures() {
      await ready;
      return blind === null;
    },
    async blind() {
      await ready;
      return blind;
    },
    async frames(most = framesHeld) {
      const reply = await asked.ask(id => ({id, kind: 'frames', most}));
      if (reply?.kind !== 'taken') return {frames: [], count: {captured: 0, dropped: 0, omitted: 0}};
      return {frames: reply.frames.map(frameOf), count: reply.count};
    },
    async filter(change) {
      const reply = await asked.ask(id => ({id, kind: 'filter', change}));
      if (reply?.kind !== 'changed') return {kind: 'lost'};
      return {outcome: reply.outcome, elapsedUs: reply.elapsedUs};
    },
    exited,
    [Symbol.asyncDispose]: close,
  };
}

const frameOf = ({host, device, direction, seconds, nanoseconds, length, bytes}: TakenFrame): Frame => ({
  host,
  device,
  direction,
  time: `${seconds}${String(nanoseconds).padStart(9, '0')}`,
  length,
  data: toBase64(bytes),
});

/** Each of these may forbid it (man 7 user_namespaces; the last is Debian's own), with the value that does. */
const forbidding = [
  ['user.max_user_namespaces', '0'],
  ['user.max_net_namespaces', '0'],
  ['kernel.unprivileged_userns_clone', '0'],
] as const;
const appArmor = 'kernel.apparmor_restrict_unprivileged_userns';

/** @param said what unshare wrote */
async function refusalOf(said: string): Promise<Refusal> {
  const missing = await firstMissing(['unshare', 'nsenter']);
  if (missing !== null) return {kind: 'no-command', command: missing};
  for (const [name, value] of forbidding) if ((await sysctl(name)) === value) return {kind: 'sysctl', name, value};
  if ((await sysctl(appArmor)) === '1') return {kind: 'apparmor'};
  return {kind: 'refused', why: said.split('\n')[0] || 'unshare'};
}

const sysctl = async (name: string): Promise<string> =>
  (await readFile(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').catch(() => '')).trim();

async function firstMissing(commands: readonly string[]): Promise<string | null> {
  const folders = (process.env.PATH ?? '').split(':');
  for (const command of commands) {
    const found = await Promise.all(
      folders.map(folder =>
        access(`${folder}/${command}`).then(
          () => true,
          () => false,
        ),
      ),
    );
    if (!found.includes(true)) return command;
  }
  return null;
}
