import {expect, test} from 'vitest';
import {anyOutcome, claimOf} from '../../lessons/kit/claims.ts';
import {closing} from '../../lessons/kit/closing.ts';
import {lesson, review} from '../../lessons/kit/lesson.ts';
import {completes, fails, received, returns, waits} from '../../lessons/kit/outcomes.ts';
import {neverPasses, passes, syn, synAck} from '../../lessons/kit/segments.ts';
import {sockets} from '../../lessons/kit/sockets.ts';
import {asClaimed, step} from '../../lessons/kit/step.ts';
import {textOf} from '../../lessons/kit/text.ts';

const {client, secondConnection} = sockets({client: ['client'], server: ['second-connection']});
const words = {before: {ja: '前', en: 'before'}, after: {ja: '後', en: 'after'}, sources: ['man 2 close']};
const text = {ja: '選', en: 'choice'};

test('a socket’s verb is the call as plain data, by the socket’s own actor and name', () => {
  expect(client.sends('hi')).toEqual({
    actor: 'client',
    call: {name: 'send', fd: 'client', data: {kind: 'text', text: 'hi'}, flags: 0},
  });
  expect(secondConnection.closes()).toEqual({actor: 'server', call: {name: 'close', fd: 'second-connection'}});
});

test('the usual outcome of the last call is claimed where nothing else is said', () => {
  expect(step('s', client.closes(), words).expect).toEqual({outcome: {kind: 'returns', value: 0}});
  expect(step('s', [client.closes(), client.opens()], words).expect).toEqual({outcome: {kind: 'returns-descriptor'}});
  expect(step('s', client.connects(), {...words, expect: fails('ECONNREFUSED')}).expect).toEqual({
    outcome: {kind: 'fails', errno: 'ECONNREFUSED'},
  });
  expect(step('s', client.closes(), {...words, expect: [anyOutcome, client.isGone]}).expect).toEqual({
    sockets: [{kind: 'gone', socket: 'client'}],
  });
  expect(step('s', client.receives(), words).expect).toEqual({});
});

test('small claims become one, and a second of what there is only one is a slip', () => {
  expect(claimOf([waits, client.is('ESTABLISHED'), client.isGone, passes(syn), neverPasses(synAck)])).toEqual({
    outcome: {kind: 'waits'},
    sockets: [
      {kind: 'listed', socket: 'client', state: 'ESTABLISHED'},
      {kind: 'gone', socket: 'client'},
    ],
    wire: {frames: [syn], never: [synAck]},
  });
  expect(() => claimOf([returns(0), waits])).toThrow('two claims of outcome');
});

test('a choice that is as claimed has the step’s claim, or the named part of it', () => {
  const asks = {belief: 'b', question: text, expect: [received('hi'), client.is('ESTABLISHED')]} as const;
  const choices = [
    {text, claim: asClaimed},
    {text, claim: asClaimed.of('sockets')},
    {text, claim: waits},
  ];
  const {expect: claim, predict} = step('s', client.receives(), {...words, ...asks, choices});
  expect(predict?.choices.map(choice => choice.claim)).toEqual([
    claim,
    {sockets: claim.sockets},
    {outcome: {kind: 'waits'}},
  ]);
});

test('two lines are Japanese and English; a third line is a slip', () => {
  expect(
    textOf(`一
    one`),
  ).toEqual({ja: '一', en: 'one'});
  expect(() => textOf(`一\none\ntwo`)).toThrow('more than two lines');
});

test('a step that names another which there is not does not load', () => {
  const asks = {belief: 'b', question: text, choices: [{text, claim: waits}]} as const;
  const wrong = step('s', client.closes(), {...words, ...asks, expect: completes('another', returns(0))});
  const head = {id: 'x', title: text, about: text, minutes: 1, beliefs: {b: text}, summary: text};
  expect(() => lesson({...head, steps: [wrong], review: []})).toThrow('there is no step another');
  expect(() => lesson({...head, steps: [], review: [review('r', [wrong])]})).toThrow('there is no step another');
  expect(() => review('r', [closing('close', client)])).toThrow('asks nothing');
});
