import {PassThrough} from 'node:stream';
import {setImmediate as turn} from 'node:timers/promises';
import type {ReadStream, WriteStream} from 'node:tty';
import {expect, test} from 'vitest';
import {askBackground} from '../../../src/app/terminal/ask-background.ts';

const color = '\x1b]11;rgb:ffff/ffff/ffff\x1b\\';
const attributes = '\x1b[?62;22c';

/** A terminal's two ends as far as asking needs them, and what came of it. */
function asking() {
  const input = Object.assign(new PassThrough(), {setRawMode: () => input});
  const output = new PassThrough({encoding: 'utf8'});
  const told: string[] = [];
  let isSettled = false;
  const {settled} = askBackground(input as unknown as ReadStream, output as unknown as WriteStream, said =>
    told.push(said),
  );
  void settled.then(() => {
    isSettled = true;
  });
  return {input, output, told, settled, isSettled: () => isSettled};
}

/** Reads as Ink does. */
function keysFrom(input: PassThrough): string[] {
  const keys: string[] = [];
  input.on('readable', () => {
    for (let key = input.read(); key !== null; key = input.read()) keys.push(key);
  });
  return keys;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}

test('the background is asked for, and then what every terminal tells', () => {
  expect(asking().output.read()).toBe('\x1b]11;?\x1b\\\x1b[c');
});

test('it has settled when all is answered, and not before', async () => {
  const {input, told, settled, isSettled} = asking();
  input.write(color);
  await until(() => told.length > 0);
  for (let i = 0; i < 10; i++) await turn();
  expect(isSettled()).toBe(false);
  input.write(attributes);
  await settled;
  expect(told).toEqual(['rgb:ffff/ffff/ffff']);
});

test('it has settled when the terminal has gone', async () => {
  const {input, told, settled} = asking();
  keysFrom(input);
  input.end();
  await settled;
  expect(told).toEqual([]);
});

test('the answer is heard before anybody reads keys, and what was typed by then waits for whoever does', async () => {
  const {input, told} = asking();
  input.write(`?\r${color}j`);
  await until(() => told.length > 0);
  for (let i = 0; i < 10; i++) await turn();
  const keys = keysFrom(input);
  await until(() => keys.length > 0);
  input.write(`${attributes}k`);
  await until(() => keys.join('').endsWith('k'));
  expect(keys.join('')).toBe('?\rjk');
});

test('Esc alone is handed on after a moment, with nothing after it', async () => {
  const {input} = asking();
  const keys = keysFrom(input);
  input.write('\x1b');
  await until(() => keys.length > 0);
  expect(keys).toEqual(['\x1b']);
});

test('what comes after the answers is read as it comes', async () => {
  const {input, settled} = asking();
  const keys = keysFrom(input);
  input.write(color + attributes);
  await settled;
  input.write(color);
  await until(() => keys.length > 0);
  expect(keys).toEqual([color]);
});
