import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {callText, resultText} from '../../src/messages/notation.ts';
import type {LogEvent} from '../../src/model/event.ts';
import {fromBase64} from '../../src/model/payload.ts';
import {summaryOf} from '../../src/wire/summary.ts';
import {freshFolder} from '../fresh-folder.ts';
import {whyNotInside, whyWithout} from '../lab/inside.ts';
import {casesOf} from '../long.ts';
import {needs} from '../needs.ts';
import {linesOf, run} from './run.ts';

const whyNot = whyNotInside ?? whyWithout('tshark', '--version');

/** What tshark reads in a capture file, frame by frame, and what it says besides. */
function readBy(file: string, ...fields: readonly string[]): string[][] {
  const args = ['-r', file, '-T', 'fields', '-E', 'separator=/t', '-o', 'tcp.relative_sequence_numbers:false'];
  const out = execFileSync('tshark', [...args, ...fields.flatMap(field => ['-e', field])], {encoding: 'utf8'});
  return linesOf(out).map(line => line.split('\t'));
}

describe('play --pcap writes what tshark reads', needs(whyNot), () => {
  test.concurrent.each(casesOf(['echo', 'four-ways-to-part', 'nat'], 'echo'))(
    'the frames of %s, field by field, and the call of each',
    async id => {
      const file = join(freshFolder(), 'capture.pcapng');
      const ran = await run(['play', id, '--format', 'json', '--lang', 'en', '--pcap', file]);
      expect(ran.code, `${ran.stderr}${ran.stdout.slice(-3000)}`).toBe(0);
      const events: LogEvent[] = linesOf(ran.stdout).map(line => JSON.parse(line));
      const frames = events.filter(event => event.kind === 'frame');
      expect(ran.stderr).toContain(`Wrote ${frames.length} frames to ${file}.`);

      const seen = readBy(
        file,
        'frame.time_epoch',
        'frame.len',
        'tcp.srcport',
        'tcp.dstport',
        'tcp.seq',
        'tcp.len',
        'ip.ttl',
        'frame.comment',
      );
      const ours = frames.map(frame => {
        const summary = summaryOf(fromBase64(frame.data), frame.length);
        const time = `${frame.time.slice(0, -9)}.${frame.time.slice(-9)}`;
        const tcp = summary?.kind === 'tcp' ? summary : null;
        const ends = tcp ? [tcp.from.port, tcp.to.port, tcp.sequence, tcp.length] : ['', '', '', ''];
        const ttl = summary && 'ttl' in summary ? summary.ttl : '';
        return [time, frame.length, ...ends, ttl, commentOf(frame, events)].map(String);
      });
      expect(seen).toEqual(ours);
    },
  );
});

/** `client connect(19, 127.0.0.1:8080) = 0`; `after` where the call had returned. */
function commentOf(frame: Extract<LogEvent, {kind: 'frame'}>, events: readonly LogEvent[]): string {
  const started = events.find(({seq}) => seq === frame.call);
  if (started?.kind !== 'call-started') return '';
  const returned = events.find(
    event =>
      event.kind === 'call-returned' &&
      event.seq > started.seq &&
      event.actor === started.actor &&
      event.call.name === started.call.name,
  );
  const call =
    returned?.kind === 'call-returned'
      ? `${started.actor} ${callText(returned.call, returned.outcome)} ${resultText(returned.outcome)}`
      : `${started.actor} ${callText(started.call)}`;
  return frame.isDuring ? call : `after ${call}`;
}

test('a file that cannot be written is said so, and nothing is played', async () => {
  const file = join(freshFolder(), 'missing', 'capture.pcapng');
  const {code, stdout, stderr} = await run(['play', 'client-flow', '--lang', 'en', '--pcap', file]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`${file} cannot be written: ENOENT`);
  expect(existsSync(file)).toBe(false);
});

test('where nothing is captured the file is there, has no frame, and that is said', async () => {
  const file = join(freshFolder(), 'capture.pcapng');
  const {code, stderr} = await run(['play', 'socket-file', '--lang', 'en', '--pcap', file]);
  expect(code).toBe(0);
  expect(stderr).toContain(`No frame was captured: ${file} is empty.`);
  expect(readFileSync(file).readUInt32LE(0)).toBe(0x0a0d0d0a);
});

test('only play takes --pcap', async () => {
  const {code, stderr} = await run(['list', '--lang', 'en', '--pcap', 'x']);
  expect([code, stderr]).toEqual([2, 'sockwalk: --pcap goes with play only.\n']);
});
