import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {makeFolder} from '../../../src/lab/file/folder.ts';
import {
  type ConnectionRows,
  keyOf,
  keyOfClient,
  readConnections,
  readRows,
} from '../../../src/lab/kernel/connection-rows.ts';
import {type Port, port} from '../../../src/model/brands.ts';
import type {ServedClient} from '../../../src/model/serve.ts';
import {needs} from '../../needs.ts';
import {whyNoIpv6} from '../calls.ts';
import {Echo} from '../serve/echo.ts';
import {until} from '../until.ts';

/** Reads until it is as it should be. */
async function rowsOnce(read: () => Promise<ConnectionRows>, isMet: (rows: ConnectionRows) => boolean) {
  let rows = await read();
  await until('the kernel shows it', async () => {
    rows = await read();
    return isMet(rows);
  });
  return rows;
}

async function listening(host: string): Promise<Port> {
  const server = createServer(socket => onTestFinished(() => void socket.destroy())).listen(0, host);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return port((server.address() as AddressInfo).port);
}

test('of TCP both ends of each client are found, and nobody else’s', async () => {
  const at = await listening('127.0.0.1');
  const sockets = [connect(at, '127.0.0.1'), connect(at, '127.0.0.1')];
  for (const socket of sockets) onTestFinished(() => void socket.destroy());
  await Promise.all(sockets.map(socket => once(socket, 'connect')));
  const asked = {host: '127.0.0.1', port: port(sockets[0]?.localPort ?? 0)};
  const rows = await rowsOnce(
    () => readConnections(process.pid, {kind: 'tcp', host: '127.0.0.1', port: at}, [asked]),
    ({ofServer}) => ofServer.size > 0,
  );
  expect(rows.listener).toMatchObject({state: 'LISTEN', local: {port: at}});
  expect(rows.drops).toBe(null);
  expect([[...rows.ofServer.keys()], [...rows.ofClient.keys()]]).toEqual([[keyOf(asked)], [keyOf(asked)]]);
  expect(rows.ofClient.get(keyOf(asked))).toMatchObject({local: asked, remote: {port: at}, state: 'ESTABLISHED'});
});

test('a client over IPv4 of a server on IPv6 has its end in the other table', needs(whyNoIpv6), async () => {
  const at = await listening('::');
  const socket = connect(at, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  // As the server sees it.
  const asked = {host: '::ffff:127.0.0.1', port: port(socket.localPort ?? 0)};
  const rows = await rowsOnce(
    () => readConnections(process.pid, {kind: 'tcp', host: '::', port: at}, [asked]),
    ({ofServer}) => ofServer.size > 0,
  );
  expect(rows.listener).toMatchObject({protocol: 'tcp6', state: 'LISTEN'});
  expect(rows.ofServer.get(keyOf(asked))).toMatchObject({protocol: 'tcp6', state: 'ESTABLISHED'});
  expect(rows.ofClient.get(keyOf(asked))).toMatchObject({protocol: 'tcp', state: 'ESTABLISHED'});
});

describe('of UDP', () => {
  const open = async (): Promise<Socket & {readonly at: Port}> => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    onTestFinished(() => void socket.close());
    await once(socket, 'listening');
    return Object.assign(socket, {at: port(socket.address().port)});
  };

  test('there is one row for all in the server, and each client’s own, whether it has an address or not', async () => {
    const server = await open();
    const anywhere = createSocket('udp4').bind(0);
    onTestFinished(() => void anywhere.close());
    await once(anywhere, 'listening');
    const bound = await open();
    const clients = [
      {host: '127.0.0.1', port: port(anywhere.address().port)},
      {host: '127.0.0.1', port: bound.at},
      // A port of that number on another machine is not the one here.
      {host: '192.0.2.77', port: port(anywhere.address().port)},
    ];
    const rows = await readConnections(process.pid, {kind: 'udp', host: '127.0.0.1', port: server.at}, clients);
    expect(rows).toMatchObject({listener: {local: {port: server.at}, state: 'CLOSE'}, drops: 0});
    expect(rows.ofServer.size).toBe(0);
    expect([...rows.ofClient].map(([key, {local}]) => [key, local])).toEqual([
      [keyOf(clients[0] as (typeof clients)[0]), {host: '0.0.0.0', port: clients[0]?.port}],
      [keyOf(clients[1] as (typeof clients)[1]), {host: '127.0.0.1', port: bound.at}],
    ]);
  });
});

test('of Unix sockets a connection is found by the inode of the descriptor', async () => {
  const folder = await makeFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const path = `${folder.path}/echo one.sock`;
  const echo = await Echo.open({place: {kind: 'unix', path}});
  const sockets = [connect({path}), connect({path})];
  for (const socket of sockets) onTestFinished(() => void socket.destroy());
  let clients: readonly ServedClient[] = [];
  await until('both are known', async () => {
    clients = (await echo.look()).page.clients;
    return clients.length === 2;
  });
  const rows = await readRows(echo.server.pid, echo.server.place, clients);
  expect(rows.listener).toMatchObject({state: 'LISTEN', local: {path}});
  const found = clients.map(client => rows.ofServer.get(keyOfClient(client)));
  expect(found).toMatchObject([{state: 'CONNECTED'}, {state: 'CONNECTED'}]);
  expect(new Set(found.map(row => row?.inode)).size).toBe(2);
});
