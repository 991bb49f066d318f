import {expect, test} from 'vitest';
import {helpGroups} from '../../../src/app/keys/help-groups.ts';
import {bindings} from '../../../src/app/keys/keymap.ts';

test('the help has every key, and none does two things in one group under the same name', () => {
  const rows = helpGroups.flatMap(group => group.rows);
  expect(bindings.filter(binding => !rows.includes(binding))).toEqual([]);
  for (const {title, rows} of helpGroups) {
    const told = rows.map(({keys, label}) => `${keys.join(' ')} ${label.en}`);
    expect([title.en, told.filter((one, i) => told.indexOf(one) !== i)]).toEqual([title.en, []]);
  }
});
