import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {captureName, saveCapture} from '../../../src/app/keep/save-capture.ts';
import {freshFolder} from '../../fresh-folder.ts';

test('a file is named after the lesson and the time, with nothing of a path in it', () => {
  const at = new Date(2026, 0, 31, 23, 9, 5);
  expect(captureName('echo', at)).toBe('sockwalk-echo-20260131-230905.pcapng');
  expect(captureName('../echo/one', at)).toBe('sockwalk----echo-one-20260131-230905.pcapng');
});

test('what is written is said, and that nothing is written over', async () => {
  const folder = freshFolder();
  const at = new Date(2026, 0, 31, 23, 9, 5);
  const path = join(folder, captureName('echo', at));
  const file = {bytes: new Uint8Array([1, 2]), count: 2, lesson: 'echo', folder};
  expect(await saveCapture(file, 'en', at)).toBe(`Wrote 2 frames to ${path}.`);
  expect(await saveCapture({...file, bytes: new Uint8Array([3])}, 'en', at)).toBe(`${path} cannot be written: EEXIST`);
  expect([...(await readFile(path))]).toEqual([1, 2]);
});
