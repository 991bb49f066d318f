import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {Trace} from '../../../src/lab/actor/strace.ts';
import {parseTrace, type TracedCall} from '../../../src/lab/actor/strace-lines.ts';
import type {ActorName} from '../../../src/model/actor.ts';
import type {Address} from '../../../src/model/address.ts';
import {isAccepting} from '../../../src/model/call.ts';
import type {SocketRow} from '../../../src/model/sockets.ts';
import {casesOf} from '../../long.ts';
import {needs} from '../../needs.ts';
import {whyNoIpv6} from '../calls.ts';
import type {Account, Entry} from './program-under-strace.ts';
import {type Made, madeBy} from './strace-calls.ts';

const program = fileURLToPath(new URL('program-under-strace.ts', import.meta.url));

/** A system call of an actor: one that it was told to make, or one by which the lab reads TCP_INFO. */
type Seen = Made | {readonly tcpInfoOf: number};

const whyNot = whyNoTrace();

/** A reading that contradicts itself is taken again, and told once. */
const onceEach = (all: readonly Seen[]): readonly Seen[] =>
  all.filter((seen, i) => !('tcpInfoOf' in seen) || JSON.stringify(seen) !== JSON.stringify(all[i - 1]));

describe('seen by strace', needs(whyNot), () => {
  test.for(casesOf(['plain', 'observing'], 'observing'))(
    'the calls that the lab tells of, and no others, were made: %s',
    async (mode, {skip}) => {
      const {account, trace} = await traced(mode);
      for (const {name, tids} of account.actors) {
        const told = onceEach(account.entries.flatMap(entry => toldBy(entry, name)));
        expect(told.length).toBeGreaterThan(40);
        const seen = withoutForeign(trace.filter(call => tids.includes(call.tid)).flatMap(seenAs));
        expect(onceEach(seen)).toEqual(told);
      }
      const observed = account.entries.some(entry => entry.kind === 'observed');
      expect(observed).toBe(mode === 'observing');
      skip(whyNoIpv6 !== null, `all but calls on ::1 (${whyNoIpv6})`);
    },
  );
});

test.each([
  ['is split in two', '1 1.000004 read(19,  <unfinished ...>\n', '1 1.000006 <... read resumed>"", 65536) = 0\n'],
  ['is half written', '1 1.000004 read(19, "", 65536', ') = 0\n'],
  ['is written but for its end', '1 1.000004 read(19, "", 65536) = 0', '\n'],
])('a call whose line %s is told once, when it is whole', async (_, begins, ends) => {
  const directory = mkdtempSync(join(tmpdir(), 'sockwalk-trace-'));
  try {
    const file = join(directory, 'trace');
    writeFileSync(file, '1 1.000001 socket(AF_INET, SOCK_STREAM, 0) = 19\n1 1.000002 shutdown(19, SHUT_WR) = 0\n');
    appendFileSync(file, `1 1.000003 close(1000000000) = -1 EBADF (Bad file descriptor)\n${begins}`);
    const trace = new Trace(file, 1);
    expect((await trace.upTo(1_000_000_000)).map(({name}) => name)).toEqual(['socket', 'shutdown']);
    appendFileSync(file, `${ends}1 1.000007 close(1000000001) = -1 EBADF (Bad file descriptor)\n`);
    expect(await trace.upTo(1_000_000_001)).toMatchObject([{name: 'read', args: ['19', '""', '65536'], result: 0}]);
  } finally {
    rmSync(directory, {recursive: true});
  }
});

/** Null where strace works; it may be missing, or not allowed to trace even its own child (as in some containers). */
function whyNoTrace(): string | null {
  const {error, status, stderr} = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true'], {encoding: 'utf8'});
  if (error) return `needs strace: ${error.message}`;
  return status === 0 ? null : `needs strace: ${stderr.trim()}`;
}

async function traced(mode: string): Promise<{account: Account; trace: readonly TracedCall[]}> {
  const directory = mkdtempSync(join(tmpdir(), 'sockwalk-trace-'));
  try {
    const file = join(directory, 'trace');
    const asked = ['-f', '-qq', '-s', '65536', '-xx', '-e', 'trace=network,close,fcntl', '-o', file];
    const command = [process.execPath, '--import', 'tsx', program, mode];
    const strace = spawn('strace', [...asked, ...command], {stdio: ['ignore', 'pipe', 'inherit'], timeout: 110_000});
    const [said, [code]] = await Promise.all([text(strace.stdout), once(strace, 'exit')]);
    expect(code).toBe(0);
    return {account: JSON.parse(said), trace: parseTrace(readFileSync(file, 'utf8'))};
  } finally {
    rmSync(directory, {recursive: true});
  }
}

function toldBy(entry: Entry, name: ActorName): Seen[] {
  if (entry.kind === 'observed') return looksAt(entry.sockets.filter(row => row.actor === name && row.fd !== null));
  return entry.actor === name ? [{call: entry.call, outcome: entry.outcome}] : [];
}

/** The calls that it took to see these rows: names of the unlisted first, then TCP_INFO of all TCP sockets but listeners. */
function looksAt(rows: readonly SocketRow[]): Seen[] {
  const unlisted = rows.filter(row => !row.listed).map(nameRead);
  const tcp = rows.filter(row => row.protocol.startsWith('tcp') && row.state !== 'LISTEN');
  return [...unlisted, ...tcp.map(row => ({tcpInfoOf: row.fd ?? -1}))];
}

function nameRead({fd, local, protocol}: SocketRow): Seen {
  if (fd === null || 'path' in local) throw new Error('an unlisted socket has a descriptor and is none of Unix');
  const address: Address = {family: protocol.endsWith('6') ? 'AF_INET6' : 'AF_INET', ...local};
  return {call: {name: 'getsockname', fd}, outcome: {kind: 'returned', value: 0, address}};
}

function seenAs(traced: TracedCall): Seen[] {
  if (traced.args[2] === 'TCP_INFO') return [{tcpInfoOf: Number(traced.args[0])}];
  const made = madeBy(traced);
  return made ? [made] : [];
}

/** Node has files of its own: of the calls on a descriptor that anybody may make, only those on our sockets count, and failures. */
function withoutForeign(calls: readonly Seen[]): Seen[] {
  const open = new Set<number>();
  return calls.filter(seen => {
    if ('tcpInfoOf' in seen) return true;
    const {call, outcome} = seen;
    if (outcome.kind !== 'returned') return true;
    if (call.name === 'socket' || isAccepting(call)) open.add(outcome.value);
    if (call.name === 'socketpair') for (const fd of outcome.fds ?? []) open.add(fd);
    if (call.name === 'fcntl') return open.has(call.fd);
    return call.name !== 'close' || open.delete(call.fd);
  });
}
