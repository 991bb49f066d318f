import {expect, test} from 'vitest';
import {childEnvironment} from '../../../src/lab/child/child-environment.ts';
import {makeFolder} from '../../../src/lab/file/folder.ts';
import {openLab} from '../../../src/lab/lab.ts';

test.each([
  ['--inspect', undefined],
  ['--inspect-brk=0.0.0.0:9230 --no-warnings', '--no-warnings'],
  ['--no-warnings --inspect_port 0 --max-old-space-size=100', '--no-warnings  --max-old-space-size=100'],
  ['--require=/tmp/--inspect.cjs', '--require=/tmp/--inspect.cjs'],
  [undefined, undefined],
])('NODE_OPTIONS=%j becomes %j', (before, after) => {
  expect(childEnvironment({A: 'b', NODE_OPTIONS: before})).toEqual({A: 'b', ...(after ? {NODE_OPTIONS: after} : {})});
});

test('certificates are read by no process that speaks no TLS', () => {
  expect(childEnvironment({A: 'b', NODE_EXTRA_CA_CERTS: '/etc/ssl/all.pem'})).toEqual({A: 'b'});
});

test('a debugger for the program is none for its actors: they have no socket', async () => {
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = '--inspect=127.0.0.1:0';
  try {
    await using folder = await makeFolder();
    await using lab = await openLab(['server', 'client'], folder.path, {nodeActors: ['client']});
    expect((await lab.observe()).sockets).toEqual([]);
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  }
});
