import {expect, test} from 'vitest';
import {newsIn} from '../../../src/app/run/kernel-news.ts';
import type {KernelReading} from '../../../src/lab/lab.ts';
import type {SocketRow} from '../../../src/model/sockets.ts';
import {socketRow} from '../socket-row.ts';

const tcpInfo = {state: 'ESTABLISHED', rttUs: 100, mss: 1460, unacked: 0, retransmits: 0} as NonNullable<
  SocketRow['tcpInfo']
>;
const reading = (change: Partial<typeof tcpInfo> = {}, more: Partial<KernelReading> = {}): KernelReading => ({
  sockets: [{...socketRow('client', 19, 'ESTABLISHED', 8080), tcpInfo: {...tcpInfo, ...change}}],
  waiting: [],
  ...more,
});
const isNews = (next: KernelReading): boolean => newsIn(next) !== newsIn(reading());

test('that a round trip was measured anew is no news; what nobody has acknowledged, and what was sent again, is', () => {
  expect(isNews(reading())).toBe(false);
  expect(isNews(reading({rttUs: 250}))).toBe(false);
  expect(isNews(reading({unacked: 1}))).toBe(true);
  expect(isNews(reading({retransmits: 1}))).toBe(true);
});

test('so is another socket, a file, and who sleeps', () => {
  const asleep = {
    actor: 'client',
    call: 'recv',
    threadState: 'S',
    sleepsIn: '',
  } as unknown as KernelReading['waiting'][number];
  expect(isNews(reading({}, {waiting: [asleep]}))).toBe(true);
  expect(isNews(reading({}, {files: []}))).toBe(true);
  expect(isNews(reading({}, {sockets: []}))).toBe(true);
});
