import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readCallLine} from '../../../src/app/line/call-line.ts';
import {type Lab, openLab} from '../../../src/lab/lab.ts';
import {type Advice, adviceOf, reasonsByCall} from '../../../src/messages/advice/advice.ts';
import {generalAdvice} from '../../../src/messages/advice/general.ts';
import type {ActorName} from '../../../src/model/actor.ts';
import {type Port, port} from '../../../src/model/brands.ts';
import type {Call} from '../../../src/model/call.ts';
import type {Errno} from '../../../src/model/errno.ts';
import type {Text} from '../../../src/model/text.ts';
import {wasAccepted} from '../../../src/timeline/accepted.ts';
import {must, outcomeOf, whyNoIpv6} from '../../lab/calls.ts';
import {until} from '../../lab/until.ts';
import {casesOf, isLong} from '../../long.ts';
import {needs} from '../../needs.ts';
import {privilegedPort, type Scene, scenes} from './advice-scenes.ts';

const actors = ['server', 'client'] as const;

/** Cannot be brought about here: the kernel, the limits or the options of this machine would have to be others. */
const unreached: readonly string[] = [
  ...['socket EAFNOSUPPORT', 'socket ESOCKTNOSUPPORT', 'socket EMFILE', 'accept EMFILE', 'connect EHOSTUNREACH'],
  ...['sendto ENOTCONN', 'sendto ETIMEDOUT', 'recvfrom ETIMEDOUT', 'setsockopt EDOM', 'getsockopt ENOPROTOOPT'],
];

/** A port where nothing is bound, and which the kernel will not choose again soon. */
async function freePort(): Promise<Port> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return port(typeof address === 'object' ? (address?.port ?? 0) : 0);
}

function expectShort(texts: readonly Text[]): void {
  for (const {ja, en} of texts) {
    expect(ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff].*。$/);
    expect(en).toMatch(/[.)]$/);
    expect(ja.length).toBeLessThanOrEqual(120);
    expect(en.length).toBeLessThanOrEqual(200);
    expect(ja + en).not.toMatch(/[{}]/);
  }
}

const reached = new Set<string>();

/** Makes the failing call, and what is said of it on the spot. */
async function refusalOf(
  lab: Lab,
  folder: string,
  scene: Scene,
): Promise<{actor: ActorName; call: Call; said: Advice}> {
  const made: Parameters<typeof wasAccepted>[2][number][] = [];
  const [actor, call] = await scene.provoke(recording(lab, made), folder);
  expect(await outcomeOf(lab, actor, call)).toMatchObject({errno: scene.errno});
  reached.add(`${call.name} ${scene.errno}`);
  const rows = (await lab.observe()).sockets;
  const row = ('fd' in call && rows.find(one => one.actor === actor && one.fd === call.fd)) || null;
  const serverPort = await freePort();
  const isAccepted = 'fd' in call && wasAccepted(actor, call.fd, made);
  const place = {actor, call, errno: scene.errno, row, rows, serverPort, limit: null, isAccepted};
  return {actor, call, said: adviceOf(place)};
}

/** The same lab; what it is called for, and how that returned, is written down. */
const recording = (lab: Lab, made: Parameters<typeof wasAccepted>[2][number][]): Lab =>
  new Proxy(lab, {
    get(_, name) {
      const value = Reflect.get(lab, name);
      if (name !== 'perform') return typeof value === 'function' ? value.bind(lab) : value;
      return async (actor: ActorName, call: Call) => {
        const answer = await lab.perform(actor, call);
        if (!('kind' in answer)) made.push({actor, call, result: answer.outcome});
        return answer;
      };
    },
  });

async function expectMade(
  lab: Lab,
  folder: string,
  line: string,
  made: Scene['made'],
  failed: readonly [ActorName, Call],
) {
  const sockets = (await lab.observe()).sockets;
  const read = readCallLine(line, {
    actor: 'server',
    actors,
    sockets,
    serverPort: port(1),
    taken: {},
    folder,
    labels: {},
  });
  if (read.kind !== 'call') throw new Error(`no call: ${line}`);
  if (made === 'sleeps') {
    void lab.perform(read.actor, read.call);
    return until('the call sleeps', async () => (await lab.asleep(read.actor))?.call === read.call.name);
  }
  const outcome = await outcomeOf(lab, read.actor, read.call);
  if (made !== undefined && made !== 'works' && made !== 'again')
    return expect(outcome).toMatchObject({kind: 'failed', errno: made});
  expect(outcome).toMatchObject({kind: 'returned'});
  if (made === 'again') await must(lab, ...failed);
}

/** `#` stands for a number, `@` for a loopback address with a port. */
const patternOf = (line: string): RegExp =>
  new RegExp(
    `^${line.replaceAll(/[.]/g, '\\.').replaceAll('#', '\\d+').replaceAll('@', '(?:127\\.0\\.0\\.1|\\[::1\\]):\\d+')}$`,
  );

const firstPrivileged = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
const whyNotPrivileged = firstPrivileged > 80 ? null : 'needs a port that is privileged (ip_unprivileged_port_start)';

const all = [...scenes, privilegedPort];

for (const scene of casesOf(all, ...all.filter((_, i) => i % 6 === 0))) {
  test(
    `${scene.errno} when ${scene.when}: the meaning is of this place, and the line can be made`,
    needs(scene.needsIpv6 ? whyNoIpv6 : null, scene === privilegedPort ? whyNotPrivileged : null),
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sockwalk-test-'));
      try {
        await using lab = await openLab(actors, folder);
        const {actor, call, said} = await refusalOf(lab, folder, scene);
        expect(said.meaning).not.toEqual(generalAdvice[scene.errno].meaning);
        expect(said.meaning.en).toContain(scene.says);
        expectShort([said.meaning, said.next]);
        if (scene.line === null) expect(said.line).toBeNull();
        else {
          expect(said.line).toMatch(patternOf(scene.line));
          await expectMade(lab, folder, said.line ?? '', scene.made, [actor, call]);
        }
      } finally {
        rmSync(folder, {recursive: true, force: true});
      }
    },
  );
}

const whyNotAll = isLong ? null : 'a sixth of the scenes was tried: npm run soak tries them all';

test('every call and errno with a meaning of its own is tried, but those that cannot be', needs(whyNotAll), () => {
  const all = Object.entries(reasonsByCall).flatMap(([name, errnos]) =>
    Object.keys(errnos).map(errno => `${name} ${errno}`),
  );
  const untried = all.filter(pair => !reached.has(pair) && pair !== 'bind EACCES');
  expect(untried.toSorted()).toEqual(unreached.toSorted());
});

test('every errno has a general meaning, in both languages and short', () => {
  for (const [errno, {meaning, next}] of Object.entries(generalAdvice)) {
    expectShort([meaning, next]);
    const place = {
      actor: 'client',
      call: {name: 'getifaddrs'},
      row: null,
      rows: [],
      serverPort: port(1),
      limit: null,
      isAccepted: false,
    } as const;
    const said = adviceOf({...place, errno: errno as Errno});
    expect(said.line === null || said.line.length > 0).toBe(true);
    expect(said.meaning.en).not.toMatch(/[{}]/);
  }
});

test('no text of the tables is too long, even before a name or an address fills it', () => {
  for (const entry of Object.values(reasonsByCall).flatMap(errnos => Object.values(errnos).flat())) {
    for (const {ja, en} of [entry.meaning, entry.next]) {
      expect(ja.length).toBeLessThanOrEqual(120);
      expect(en.length).toBeLessThanOrEqual(160);
    }
  }
});
