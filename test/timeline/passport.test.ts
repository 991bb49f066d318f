import {expect, test} from 'vitest';
import {port} from '../../src/model/brands.ts';
import type {SocketRow} from '../../src/model/sockets.ts';
import {direction, type Flows, letterOf, noFlows, offer} from '../../src/timeline/passport.ts';
import {locate} from '../../src/timeline/whereabouts.ts';
import {socketRow} from '../app/socket-row.ts';

test('sends have letters, and after Z letters with a number', () => {
  expect([0, 1, 25, 26, 51, 52].map(letterOf)).toEqual(['A', 'B', 'Z', 'A2', 'Z2', 'A3']);
});

test('of bytes on their way the oldest are in the receive queue, the newest in the send queue, and between them in none', () => {
  const [from, to] = [
    {host: '127.0.0.1', port: port(40000)},
    {host: '127.0.0.1', port: port(8080)},
  ];
  const way = direction(from, to);
  const sent = [3, 4, 5].reduce<Flows>((flows, length) => offer(flows, way, length).flows, noFlows);
  const sender: SocketRow = {...socketRow('client', 4, 'ESTABLISHED', 40000), remote: to, sendQueue: 6};
  const receiver: SocketRow = {...socketRow('server', 5, 'ESTABLISHED', 8080), remote: from, recvQueue: 4};
  expect(locate(sent, {before: [], now: [sender, receiver], open: new Set()}).places).toEqual({
    0: [{place: 'recv-queue', length: 3}],
    1: [
      {place: 'recv-queue', length: 1},
      {place: 'unseen', length: 2},
      {place: 'send-queue', length: 1},
    ],
    2: [{place: 'send-queue', length: 5}],
  });
});
