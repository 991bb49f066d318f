import {execFileSync} from 'node:child_process';
import {appendFileSync, writeFileSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readBounded} from '../../../src/app/keep/bounded-file.ts';
import {freshFolder} from '../../fresh-folder.ts';

function makeFifo(): string {
  const file = join(freshFolder(), 'fifo');
  execFileSync('mkfifo', [file]);
  return file;
}

test('a file is read as far as it may be long', async () => {
  const file = join(freshFolder(), 'file');
  writeFileSync(file, 'あいう');
  expect(await readBounded(file, 9)).toBe('あいう');
  expect(await readBounded(file, 8)).toBeNull();
  expect(await readBounded('/dev/zero', 1000)).toBeNull();
});

test('a pipe that nobody writes into is given up', async () => {
  await expect(readBounded(makeFifo(), 100, 100)).rejects.toMatchObject({code: 'ETIMEDOUT'});
});

test('a pipe is read to its end, also where its writer comes late and writes bit by bit', async () => {
  const fifo = makeFifo();
  const read = readBounded(fifo, 100);
  await using writer = await open(fifo, 'w');
  appendFileSync(writer.fd, 'server ');
  appendFileSync(writer.fd, 'socket\n');
  await writer.close();
  expect(await read).toBe('server socket\n');
});
