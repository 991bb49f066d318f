import {expect, test} from 'vitest';
import {viewOf} from '../../../src/app/screen/log-page.ts';
import {freshPage} from '../../../src/app/screen/moves.ts';
import {endedActor, type WalkPage} from '../../../src/app/screen/state.ts';
import type {ActorName} from '../../../src/model/actor.ts';
import {pid} from '../../../src/model/brands.ts';
import {createLog} from '../../../src/timeline/log.ts';
import {lessonNamed} from '../../walked.ts';

const echo = lessonNamed('echo');

/** The screen at this step of `echo`, with this actor killed. */
function pageAt(step: string, killed: ActorName): WalkPage {
  const log = createLog(() => 0);
  for (const [i, actor] of (['server', 'client'] as const).entries())
    log.append({kind: 'actor-started', actor, pid: pid(i + 1)});
  log.append({kind: 'actor-exited', actor: killed, code: null, signal: 'SIGKILL'});
  return {
    ...freshPage(echo),
    log,
    length: log.events.length,
    began: log.events.length,
    performed: echo.steps.findIndex(({id}) => id === step),
  };
}

const endedAt = (page: WalkPage) => endedActor(page, viewOf(page))?.actor ?? null;

test('an actor that has ended stops the walk while it has a call left to make', () => {
  expect(endedAt(pageAt('server-close', 'server'))).toBe('server');
  expect(endedAt(pageAt('client-close', 'client'))).toBe('client');
});

test('an actor that has ended and is no longer needed does not', () => {
  expect(endedAt(pageAt('server-close', 'client'))).toBe(null);
});

test('nor does one whose last call is being made', () => {
  expect(endedAt({...pageAt('client-close', 'client'), isBusy: true})).toBe(null);
});
