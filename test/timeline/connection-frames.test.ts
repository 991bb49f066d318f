import {describe, expect, test} from 'vitest';
import type {LogEvent} from '../../src/model/event.ts';
import {ConnectionFrames} from '../../src/timeline/connection-frames.ts';
import {endsOf} from '../../src/timeline/passed-frame.ts';
import {readFrames} from '../../src/timeline/read-frames.ts';
import {captured, whyNoFrames} from '../frames-of.ts';
import {needs} from '../needs.ts';

const echo = await captured('echo');
const missing = whyNoFrames(echo.events);
const isFrame = (event: LogEvent) => event.kind === 'frame';
const frames = echo.events.filter(isFrame);
const read = readFrames(echo.log, echo.events.length);
const syn = endsOf(read[0]?.summary ?? null);

describe('the frames of one connection', needs(missing), () => {
  test('say the same as those of a lesson’s log', () => {
    const {from, to} = syn ?? {from: {host: '', port: 0}, to: {host: '', port: 0}};
    const connection = new ConnectionFrames({...from, host: `::ffff:${from.host}`}, to.port);
    for (const frame of frames) connection.take([frame]);
    const said = ({summary, base, atUs, times, sender, goesTo}: Omit<(typeof read)[number], 'call'>) => {
      return {summary, base, atUs, times, sender, goesTo};
    };
    expect(connection.newest.map(passed => said(passed as (typeof read)[number]))).toEqual(read.map(said));
  });

  test('are no other client’s, and of many the newest are kept', () => {
    const {from, to} = syn ?? {from: {host: '', port: 0}, to: {host: '', port: 0}};
    const stranger = new ConnectionFrames({...from, port: from.port ^ 1}, to.port);
    stranger.take(frames);
    expect(stranger.newest).toEqual([]);
    const many = new ConnectionFrames(from, to.port);
    for (let i = 0; i < 100; i++) many.take(frames);
    expect(many.newest).toHaveLength(200);
    expect(many.newest.at(-1)?.frame).toBe(frames.at(-1));
  });
});
