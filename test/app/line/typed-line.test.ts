import {expect, test} from 'vitest';
import {emptyLine, givenBack, recalled, taken} from '../../../src/app/line/typed-line.ts';
import {labText} from '../../../src/messages/lab.ts';

const complaint = {text: labText.noSocket, values: {actor: 'client'}};
const other = {text: labText.ended, values: {actor: 'server'}};
/** Two lines that came in one stretch: both are taken before the first comes back. */
const both = taken({...taken({...emptyLine, text: 'client send'}), text: 'server listen'});

test('of several lines that are refused the newest is there with its own problem, and those before can be recalled', () => {
  const first = givenBack(both, 'client send', complaint, 0);
  expect(first).toMatchObject({text: 'client send', problem: {complaint}});
  const second = givenBack(first, 'server listen', other, 7);
  expect(second).toMatchObject({text: 'server listen', problem: {complaint: other, at: 7}});
  expect(recalled(second, 0).text).toBe('client send');
  expect(second.history).toEqual(['client send']);
});

test('what the learner has gone on to write stays', () => {
  const written = {...both, text: 'server ac'};
  expect(givenBack(written, 'client send', complaint, 0)).toMatchObject({text: 'server ac', problem: {complaint}});
});
