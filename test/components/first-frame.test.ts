import {cpSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {freshFolder} from '../fresh-folder.ts';
import {openTerminal} from '../pty.ts';
import {program} from './sockwalk.ts';

/** The program as it is shipped, but what it loads after its first frame is loaded only once the file is there. */
function heldUp(file: string): string {
  const folder = join(freshFolder(), 'dist');
  cpSync(dirname(program), folder, {recursive: true});
  const [rest = ''] = readdirSync(folder).filter(name => name.startsWith('open-session-'));
  const isThere = `(await import('node:fs')).existsSync(${JSON.stringify(file)})`;
  const wait = `while (!${isThere}) await new Promise(done => setTimeout(done, 5));`;
  writeFileSync(join(folder, rest), `${wait}\n${readFileSync(join(folder, rest), 'utf8')}`);
  return join(folder, 'sockwalk.js');
}

test('the list stands there before the rest of the program is loaded, and what is typed meanwhile counts', async () => {
  const file = join(freshFolder(), 'go');
  const env = {XDG_DATA_HOME: freshFolder()};
  const size = {columns: 80, rows: 24, env};
  await using terminal = openTerminal(process.execPath, [heldUp(file), '--lang', 'en'], size);
  let first = '';
  await terminal.until(screen => {
    first = screen;
    return / \? more keys$/m.test(screen);
  });
  // The help is opened, closed with Enter, and the next lesson chosen. What is pasted is no key.
  terminal.type('?\r\x1b[200~q\x1b[201~j');
  writeFileSync(file, '');
  await terminal.until(screen => screen.includes(`> ·  2  ${lessons[1]?.title.en}`));
  terminal.type('k');
  await terminal.until(screen => screen === first);
});
