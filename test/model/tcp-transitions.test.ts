import {describe, expect, test} from 'vitest';
import {pictureLines} from '../../src/draw/picture/picture.ts';
import {drawnIn, plans, undrawn} from '../../src/draw/picture/tcp-states-plan.ts';
import {lookOf} from '../../src/draw/text/look.ts';
import {port} from '../../src/model/brands.ts';
import {eventBetween, leadsTo, passedBetween, tcpStates, tcpTransitions} from '../../src/model/tcp-transitions.ts';
import {logOf} from '../../src/timeline/log.ts';
import {project} from '../../src/timeline/project.ts';
import {emptyView} from '../../src/timeline/view.ts';
import {lessonNamed, walked} from '../walked.ts';

const transitions = tcpStates.flatMap(from => Object.values(tcpTransitions[from]).map(to => `${from}>${to}` as const));

test('every state but the listening one can be reached from CLOSE and leads back to it', () => {
  expect(tcpStates).toHaveLength(11);
  for (const state of tcpStates.filter(one => one !== 'CLOSE' && one !== 'LISTEN')) {
    expect([state, leadsTo('CLOSE', state) || leadsTo('LISTEN', state)]).toEqual([state, true]);
    expect([state, leadsTo(state, 'CLOSE')]).toEqual([state, true]);
  }
});

test.each([
  ['LISTEN', 'ESTABLISHED', ['SYN_RECV']],
  ['CLOSE', 'ESTABLISHED', ['SYN_SENT']],
  ['ESTABLISHED', 'FIN_WAIT2', ['FIN_WAIT1']],
  ['ESTABLISHED', 'TIME_WAIT', ['FIN_WAIT1']],
  ['CLOSE_WAIT', 'CLOSE', ['LAST_ACK']],
  ['FIN_WAIT1', 'TIME_WAIT', []],
] as const)('a socket seen in %s and then in %s has passed %j in between', (from, to, passed) => {
  expect(passedBetween(from, to)).toEqual(passed);
});

describe.each(plans.map(plan => [`${plan.width}x${plan.height}`, plan] as const))('the picture of %s', (_, plan) => {
  test('has every state, and an arrow for each transition but the named exceptions', () => {
    expect(Object.keys(plan.at).sort()).toEqual([...tcpStates].sort());
    const drawn = new Set(drawnIn(plan).map(([from, to]) => `${from}>${to}`));
    expect(transitions.filter(one => !drawn.has(one)).sort()).toEqual([...undrawn].sort());
  });
});

test.each([
  [78, 7, false],
  [78, 7, true],
  [50, 20, false],
])('in %i x %i cells it is drawn with every state (ascii: %s)', (width, height, ascii) => {
  const data = {
    view: emptyView,
    lesson: lessonNamed('goodbye'),
    step: null,
    port: port(1),
    frames: [],
    isRecorded: false,
  };
  const lines = pictureLines(data, lookOf('en', ascii), {width, height});
  const text = lines.map(line => line.map(span => span.text).join('')).join('\n');
  expect(lines.length).toBeLessThanOrEqual(height);
  for (const state of tcpStates) expect(text).toContain(state);
  if (ascii) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
});

test.each(['goodbye', 'reset', 'server-flow'])(
  'each change of state that %s shows is a transition of the table, or a way through some',
  async id => {
    const events = await walked(lessonNamed(id));
    const {moves} = project(logOf(events), events.length).tcp;
    expect(moves.length).toBeGreaterThan(2);
    for (const {from, to} of moves) {
      // A reset leads from anywhere to CLOSE, and has no arrow.
      const isWay = eventBetween(from, to) !== null || leadsTo(from, to) || to === 'CLOSE';
      expect([from, to, isWay]).toEqual([from, to, true]);
    }
  },
);
