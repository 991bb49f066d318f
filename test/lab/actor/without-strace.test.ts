import {afterAll, beforeAll, expect, test} from 'vitest';
import {makeFolder} from '../../../src/lab/file/folder.ts';
import {openLab} from '../../../src/lab/lab.ts';
import {outcomeOf} from '../calls.ts';

const path = process.env.PATH;
beforeAll(() => {
  process.env.PATH = '/nowhere';
});
afterAll(() => {
  process.env.PATH = path;
});

test('where strace is missing a Node actor works, and says that it is not traced', async () => {
  await using folder = await makeFolder();
  await using lab = await openLab(['server'], folder.path, {nodeActors: ['server']});
  expect(lab.isTraced).toBe(false);
  const told: string[] = [];
  lab.onNews((_, news) => told.push(news.kind));
  const code = "console.log('hi'); require('net').createServer().listen(0, '127.0.0.1')";
  expect(await outcomeOf(lab, 'server', {name: 'evaluate', code})).toEqual({kind: 'evaluated', text: '[Server]'});
  await lab.settle();
  expect((await lab.observe()).sockets).toMatchObject([{state: 'LISTEN'}]);
  expect(told.filter(kind => kind === 'traced')).toEqual([]);
});
