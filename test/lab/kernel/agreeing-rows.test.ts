import {expect, test} from 'vitest';
import {isContradiction} from '../../../src/lab/kernel/agreeing-rows.ts';
import {openLab} from '../../../src/lab/lab.ts';
import type {SocketRow} from '../../../src/model/sockets.ts';
import {connectTo, listening, must} from '../calls.ts';
import {until} from '../until.ts';

test('while connections come and go, no reading shows one that is in no table, or in two states', async () => {
  await using lab = await openLab(['server', 'client']);
  const {fd: listener, address} = await listening(lab);
  let isOver = false;
  const shown: SocketRow[] = [];
  const reading = (async () => {
    while (!isOver) shown.push(...(await lab.observe()).sockets);
  })();
  const isSeen = () => shown.some(({state, fd}) => state === 'ESTABLISHED' && fd !== null);
  for (let i = 0; i < 150; i++) {
    const client = await connectTo(lab, address);
    const {value} = await must(lab, 'server', {name: 'accept', fd: listener});
    // The first stays until a reading has it, so that there is something to contradict.
    if (i === 0) await until('a reading has the connection', isSeen);
    await must(lab, 'client', {name: 'close', fd: client});
    await must(lab, 'server', {name: 'close', fd: value as typeof client});
  }
  isOver = true;
  await reading;
  expect(shown.filter(isContradiction)).toEqual([]);
});
