import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {freshFolder} from '../fresh-folder.ts';
import {until} from '../lab/until.ts';
import {Sockwalk} from './sockwalk.ts';

// Alone in its file: what another test starts meanwhile may hold the terminal open.
test('a terminal that goes away leaves no folder, also where no process of the lab is alive to remove it', async () => {
  const temporary = freshFolder();
  await using sockwalk = await Sockwalk.open({args: ['lab', '--network', 'private'], env: {TMPDIR: temporary}});
  sockwalk.terminal.type('kill server\rkill client\r');
  await sockwalk.terminal.until(screen => screen.split('ended (SIGKILL)').length === 3);
  expect(readdirSync(temporary)).toHaveLength(1);
  sockwalk.terminal.hangUp();
  await sockwalk.terminal.exited;
  await until('the folder is gone', async () => readdirSync(temporary).length === 0);
});
