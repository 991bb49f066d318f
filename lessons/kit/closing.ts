import type {Act, Step} from '../../src/model/lesson.ts';
import type {Claims} from './claims.ts';
import {Socket} from './sockets.ts';
import {step} from './step.ts';

type Closed = Socket | readonly [Socket | Act, ...(Socket | Act)[]];
type More = Pick<Step, 'needs' | 'shows' | 'patienceMs'> & {readonly expect?: Claims};

const one = {ja: 'ソケットを閉じます。', en: 'The socket is closed.'};
const several = {ja: 'ソケットを閉じます。', en: 'The sockets are closed.'};
const after = {ja: '閉じました。', en: 'Closed.'};

const actOf = (closed: Socket | Act): Act => (closed instanceof Socket ? closed.closes() : closed);

/** The end of a review: these sockets are closed, in this order. Calls among them come where they stand. */
export function closing(id: string, closed: Closed, more: More = {}) {
  const words = {after, sources: ['man 2 close'], ...more};
  if (closed instanceof Socket) return step(id, closed.closes(), {before: one, ...words});
  const [first, ...others] = closed;
  return step(id, [actOf(first), ...others.map(actOf)], {before: several, ...words});
}
