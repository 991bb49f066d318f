import type {Act, Step} from '../../src/model/lesson.ts';
import {accepts, closes, connects, inOneStep, listens} from './acts.ts';

/** socket() to accept() on both sides, for lessons that are about what comes after: `listener`, `client`, `connection`. */
export const connected = inOneStep(...listens(5), ...connects('client', 'client'), accepts('connection'));

const closing: readonly [Act, ...Act[]] = [
  closes('client', 'client'),
  closes('server', 'connection'),
  closes('server', 'listener'),
];

/** close() on both sides, the client first. */
export const allClosed = inOneStep(...closing);

/** The end of a review. */
export const reviewCloses: Step = {
  id: 'close',
  ...allClosed,
  before: {ja: '最後に、全部のソケットを閉じます。', en: 'At the end all sockets are closed.'},
  after: {ja: '閉じました。', en: 'Closed.'},
  expect: {
    outcome: {kind: 'returns', value: 0},
    sockets: [
      {kind: 'gone', socket: 'connection'},
      {kind: 'gone', socket: 'listener'},
    ],
  },
  sources: ['man 2 close'],
};

/** The same after a call that reads what is left: a close() with unread bytes would be a reset. */
export const reviewClosesAfter = (reads: Act): Step => ({...reviewCloses, ...inOneStep(reads, ...closing)});
