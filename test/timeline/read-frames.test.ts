import {describe, expect, test} from 'vitest';
import {project} from '../../src/timeline/project.ts';
import {framesOfStep, type ReadFrame, readFrames} from '../../src/timeline/read-frames.ts';
import {emptyView, type View} from '../../src/timeline/view.ts';
import {recordedFrame} from '../../src/wire/recorded-frame.ts';
import {captured, framesOf, whyNoFrames} from '../frames-of.ts';
import {needs} from '../needs.ts';

const echo = await captured('echo');
const refused = await captured('refused');
const udp = await captured('udp');
const missing = whyNoFrames(echo.events);

const at = ({log, endOf}: typeof echo, step: string): readonly ReadFrame[] =>
  framesOfStep(readFrames(log, endOf(step)), project(log, endOf(step)));

describe('frames as they are read', needs(missing), () => {
  test('a step has its own frames, each with who sent it and where it goes', () => {
    const ways = at(echo, 'client-connect').map(({sender, goesTo, call}) => [sender, goesTo, call?.name]);
    expect(ways).toEqual([
      ['client', 'server', 'connect'],
      ['server', 'client', 'connect'],
      ['client', 'server', 'connect'],
    ]);
    expect(at(echo, 'client-recv-greeting')).toEqual([]);
  });

  test('who sends is known also where no socket listens, and of an ICMP error', () => {
    expect(at(refused, 'connect-to-nobody').map(({sender, goesTo}) => [sender, goesTo])).toEqual([
      ['client', 'server'],
      [null, 'client'],
    ]);
    const [sent, error] = at(udp, 'client-send-nobody');
    expect([sent?.goesTo, error?.goesTo, error?.summary?.kind]).toEqual(['server', 'client', 'icmp']);
  });

  test('fewer events show the beginning of the same frames', () => {
    const all = readFrames(echo.log, echo.events.length);
    for (let n = 0; n <= echo.events.length; n++) {
      const some = readFrames(echo.log, n);
      expect(some).toEqual(all.slice(0, some.length));
      expect(some.every(({frame}) => frame.seq < n)).toBe(true);
      expect(all[some.length]?.frame.seq ?? n).toBeGreaterThanOrEqual(n);
    }
  });

  test('numbers are counted from the SYN of each side, and time from the first frame', () => {
    const [syn, synAck, ack] = readFrames(echo.log, echo.events.length);
    expect(syn).toMatchObject({atUs: 0, times: 1});
    expect(synAck?.base).toEqual({sequence: numberOf(synAck, 'sequence'), acknowledgment: numberOf(syn, 'sequence')});
    expect(numberOf(ack, 'acknowledgment')).toBe((numberOf(synAck, 'sequence') + 1) >>> 0);
    expect(ack?.times).toBe(0);
    expect(ack?.atUs).toBeGreaterThan(0);
  });
});

const numberOf = (read: ReadFrame | undefined, name: 'sequence' | 'acknowledgment'): number =>
  read?.summary?.kind === 'tcp' ? read.summary[name] : Number.NaN;

test('of a packet that a router passes on, the frame that its sender sent is the one of the step', () => {
  const passedOn = recordedFrame.with(22, 63);
  const frames = framesOf(
    [recordedFrame, recordedFrame, passedOn, passedOn, recordedFrame],
    [
      {host: 'home', device: 'eth0', direction: 'out', call: 7},
      {host: 'router', device: 'eth0', direction: 'in', call: 7},
      {host: 'router', device: 'eth1', direction: 'out', call: 7},
      {host: 'internet', device: 'eth0', direction: 'in', call: 7},
      {host: 'router', device: 'eth1', direction: 'out', call: 7},
    ],
  );
  const calls = [{seq: 7, step: 'one'}] as unknown as View['calls'];
  const sent = framesOfStep(frames, {...emptyView, calls});
  expect(sent.map(({frame}) => `${frame.host} ${frame.device}`)).toEqual(['home eth0', 'router eth1']);
  // It is the same bytes each time, and nobody sent them again.
  expect(frames.slice(0, 4).map(({times}) => times)).toEqual([1, 1, 1, 1]);
});
