import {expect, test} from 'vitest';
import {ClientWire} from '../../../src/app/run/client-wire.ts';
import {port} from '../../../src/model/brands.ts';
import type {ServedClient} from '../../../src/model/serve.ts';

const served: ServedClient = {
  ...{id: 1, from: {host: '192.0.2.77', port: port(50000)}, fd: 20, since: 0, until: null},
  ...{bytesIn: 0, bytesOut: 0, chunks: 0, unsent: 0, isPaused: false, heldSince: null},
  ...{hasEnded: false, isEnded: false, speaks: null, tail: new Uint8Array(), end: null, errno: null},
};

test.each([
  ['on another machine', served, {kind: 'elsewhere', host: '192.0.2.77'}],
  ['that had gone before', {...served, from: {host: '127.0.0.1', port: port(50000)}, until: 1}, {kind: 'gone'}],
  ['that had gone before it could be asked for its address', {...served, from: null}, {kind: 'gone'}],
])('of a client %s no frames can be seen, and that is said', async (_, client, said) => {
  await using wire = new ClientWire({kind: 'tcp', host: '0.0.0.0', port: port(8080)});
  wire.follow(client);
  expect(await wire.look(client, 1)).toEqual(said);
});
