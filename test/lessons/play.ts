import {expect, type TestContext} from 'vitest';
import {usualActors} from '../../src/model/actor.ts';
import {actsOf, type Lesson} from '../../src/model/lesson.ts';
import {walkedHere} from '../walked.ts';

const all = new Set(['0.0.0.0', '::']);

/**
 * What the kernel did with a lesson: all that was claimed, just one choice of each prediction, the others explained, and nothing
 * left. Where a part of it cannot be tried on this machine, the rest is, and the test is told as skipped.
 */
export async function play(lesson: Lesson, {skip}: Pick<TestContext, 'skip'>): Promise<void> {
  const {lesson: here, events, lack} = await walkedHere(lesson);
  const judged = events.filter(event => event.kind === 'judged');
  expect(judged.map(event => [event.step, event.unmet])).toEqual(here.steps.map(step => [step.id, []]));
  for (const step of here.steps) {
    const {fulfilled = []} = judged.find(event => event.step === step.id) ?? {};
    expect([step.id, fulfilled.length]).toEqual([step.id, step.predict ? 1 : 0]);
    // What was chosen wrongly is explained, each choice of it.
    const unexplained = step.predict?.choices.flatMap(({because}, i) => (because === undefined ? [i] : [])) ?? [];
    expect([step.id, unexplained]).toEqual([step.id, fulfilled]);
  }
  const kinds = events.map(({kind}) => kind);
  const answered = kinds.filter(kind => kind === 'call-returned' || kind === 'call-lost');
  expect(answered).toHaveLength(kinds.filter(kind => kind === 'call-started').length);
  const lastRead = events.findLast(event => event.kind === 'kernel-read');
  // Where nothing of it can run, nothing was read.
  expect(lastRead?.waiting ?? []).toEqual([]);
  expect((lastRead?.sockets ?? []).filter(row => row.fd !== null && row.actor !== 'router')).toEqual([]);
  expect(lastRead?.files ?? []).toEqual([]);
  const rows = events.flatMap(event => (event.kind === 'kernel-read' ? event.sockets : []));
  const isOpen = rows.some(({state, local}) => state === 'LISTEN' && 'host' in local && all.has(local.host));
  if (isOpen && lesson.network !== 'home') {
    expect(lesson.listensOnAllAddresses).toBe(true);
    expect(lesson.network).not.toBe('host');
  }
  const ended = events.filter(event => event.kind === 'actor-exited');
  const killed = new Set(
    here.steps
      .flatMap(actsOf)
      .flatMap(({call}) => (call.name === 'kill' && typeof call.pid === 'string' ? [call.pid] : [])),
  );
  expect(ended.map(({actor, code, signal}) => [actor, code, signal]).sort()).toEqual(
    (lesson.actors ?? usualActors)
      .filter(actor => actor !== 'network')
      .map(actor => (killed.has(actor) ? [actor, null, 'SIGKILL'] : [actor, 0, null]))
      .sort(),
  );
  skip(lack !== null, lack ?? '');
}
