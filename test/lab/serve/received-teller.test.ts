import {Ajv} from 'ajv';
import {expect, test} from 'vitest';
import {ReceivedTeller} from '../../../src/lab/serve/received-teller.ts';
import type {ServeHappening} from '../../../src/model/serve.ts';
import {serveEventSchemas} from '../../../src/timeline/serve-schema.ts';

const kinds = (told: readonly ServeHappening[]): string[] => told.map(({kind}) => kind);

test('what comes too fast to be told one by one is told in sums, client by client, and none of it is lost', () => {
  const told: ServeHappening[] = [];
  const teller = new ReceivedTeller(happening => told.push(happening));
  // No timer runs meanwhile.
  for (let i = 0; i < 250; i++) teller.hear(1 + (i % 2), Uint8Array.of(1, 2, 3));
  expect(kinds(told)).toEqual(Array.from({length: 100}, () => 'received'));
  teller.settle(2);
  teller.settleAll();
  expect(told.slice(100)).toEqual([
    {kind: 'received-more', client: 2, chunks: 75, bytes: 225},
    {kind: 'received-more', client: 1, chunks: 75, bytes: 225},
  ]);
  const isValid = new Ajv().compile(serveEventSchemas['received-more']);
  expect([isValid({seq: 7, at: 0.1, ...told.at(-1)}), isValid.errors]).toEqual([true, null]);
});

test('once there is room again, each is told again', async () => {
  const told: ServeHappening[] = [];
  const summedUp = new Promise<void>(done => {
    const teller = new ReceivedTeller(happening => {
      told.push(happening);
      if (happening.kind === 'received-more') setImmediate(() => done(teller.hear(1, Uint8Array.of(4))));
    });
    for (let i = 0; i < 101; i++) teller.hear(1, Uint8Array.of(1));
  });
  await summedUp;
  expect(kinds(told).slice(-2)).toEqual(['received-more', 'received']);
});
