import {expect, test} from 'vitest';
import {recordedPort} from '../../../src/app/keep/recorded-walk.ts';
import {port} from '../../../src/model/brands.ts';
import type {LogEvent} from '../../../src/model/event.ts';
import {lessonNamed, walked} from '../../walked.ts';

const boundTo = (events: readonly LogEvent[]): number[] =>
  events.flatMap(event =>
    event.kind === 'call-started' &&
    event.actor === 'server' &&
    event.call.name === 'bind' &&
    'port' in event.call.address
      ? [event.call.address.port]
      : [],
  );

// In both-roles the client listens as well, and before the server does.
test.each(['echo', 'udp', 'both-roles'])(
  'the port of a recording of %s is the one that its server was bound to',
  async id => {
    const events = await walked(lessonNamed(id));
    expect(recordedPort(events)).toBe(boundTo(events)[0]);
  },
);

test('a recording without a server on the network has none', async () => {
  expect(recordedPort(await walked(lessonNamed('socket-file')))).toBe(port(0));
});
