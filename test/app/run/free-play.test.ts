import {expect, test} from 'vitest';
import {openFreePlay} from '../../../src/app/run/open-free-play.ts';
import type {Call} from '../../../src/model/call.ts';

const socket: Call = {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0};

test('where not every call of many is read after, readings that overlap do not hide one that was made after them', async () => {
  await using play = await openFreePlay(null, {network: 'auto', port: null}, () => {});
  for (let i = 0; i < 17; i++) await play.make('server', socket);
  for (let made = 18; made <= 30; made++) {
    await Promise.all([play.look(), play.look(), play.look()]);
    await play.make('server', socket, 300, 'many');
    const read = play.log.events.findLast(event => event.kind === 'kernel-read');
    expect([made, play.isUnread || read?.sockets.length === made]).toEqual([made, true]);
  }
});
