import {describe, expect, test} from 'vitest';
import {openLab} from '../../../src/lab/lab.ts';
import {has} from '../../../src/lab/needs.ts';
import {openNetwork} from '../../../src/lab/network/network.ts';
import type {ActorName, HostName} from '../../../src/model/actor.ts';
import {port} from '../../../src/model/brands.ts';
import {needs} from '../../needs.ts';
import {must, outcomeOf, socket} from '../calls.ts';
import {whyNotInside} from '../inside.ts';
import {until} from '../until.ts';

const hosts = {server: 'internet', 'server-2': 'home', client: 'home', 'client-2': 'internet'} as const;
const names = Object.keys(hosts) as ActorName[];
const at = (host: string) => ({family: 'AF_INET', host, port: port(8080)}) as const;
const routerOutside = '203.0.113.5';

async function openHome() {
  const network = await openNetwork('home');
  const lab = await openLab(names, null, {network, hosts: hosts as Partial<Record<ActorName, HostName>>});
  const listen = async (actor: ActorName) => {
    const fd = await socket(lab, actor);
    await must(lab, actor, {name: 'bind', fd, address: at('0.0.0.0')});
    await must(lab, actor, {name: 'listen', fd, backlog: 5});
  };
  const connect = async (actor: ActorName, host: string) => {
    const fd = await socket(lab, actor);
    return outcomeOf(lab, actor, {name: 'connect', fd, address: at(host)});
  };
  return {
    ...{network, lab, listen, connect},
    async [Symbol.asyncDispose]() {
      await lab[Symbol.asyncDispose]();
      await network[Symbol.asyncDispose]();
    },
  };
}

describe('actors that live on several machines', needs(whyNotInside), () => {
  test('are told apart where they have the same addresses and ports', async () => {
    await using home = await openHome();
    const {network, lab, listen, connect} = home;
    await listen('server');
    await listen('server-2');
    const rule = {kind: 'masquerade', device: 'wan'} as const;
    expect(await network.filter({host: 'router', rule})).toMatchObject({outcome: {kind: 'returned', value: 0}});
    expect(await connect('client', '203.0.113.80')).toEqual({kind: 'returned', value: 0});
    expect(await connect('client-2', '203.0.113.80')).toEqual({kind: 'returned', value: 0});
    expect(await connect('client', '192.168.1.10')).toEqual({kind: 'returned', value: 0});
    const queued = async (actor: ActorName) =>
      (await lab.observe()).sockets.flatMap(({heldBy, remote, ...row}) =>
        row.actor === actor && heldBy === 'accept-queue' && remote && 'host' in remote ? [remote.host] : [],
      );
    await until('both queues have what is theirs', async () => {
      const [far, near] = [await queued('server'), await queued('server-2')];
      return far.length + near.length === 3;
    });
    expect((await queued('server')).sort()).toEqual(['203.0.113.5', '203.0.113.80']);
    expect(await queued('server-2')).toEqual(['192.168.1.10']);
    expect((await lab.observe()).sockets.filter(({fd}) => fd !== null).map(({actor}) => actor)).toEqual([
      'server',
      'server-2',
      'client',
      'client',
      'client-2',
    ]);
  });

  test('are said to live where they do, and on one machine nothing is said', async () => {
    await using home = await openHome();
    expect(names.map(name => home.lab.hostOf(name))).toEqual(['internet', 'home', 'home', 'internet']);
    await using lab = await openLab(['server']);
    expect(lab.hostOf('server')).toBeNull();
  });

  test('need a router that translates, and looking for that leaves it as it was', async () => {
    await using home = await openHome();
    await home.listen('server');
    expect(await has['packet-filter'](home.network)).toBe(true);
    const seen = async () =>
      (await home.network.frames()).frames.map(({device, direction}) => `${device} ${direction}`);
    await seen();
    expect(await home.connect('client', routerOutside)).toMatchObject({kind: 'failed', errno: 'ECONNREFUSED'});
    expect((await seen()).filter(way => way.startsWith('wan'))).toEqual([]);
    const fd = await socket(home.lab, 'client');
    void home.lab.perform('client', {name: 'connect', fd, address: at('203.0.113.80')});
    await until('the SYN is sent again, for its source is not rewritten', async () =>
      (await home.lab.observe()).sockets.some(
        ({state, tcpInfo}) => state === 'SYN_SENT' && tcpInfo !== undefined && tcpInfo.retransmits > 0,
      ),
    );
  });
});
