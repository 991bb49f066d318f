import {execFile} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

test('the end of a run names each test that was skipped, with the reason', async () => {
  const args = [vitest, 'run', '--config', 'test/skipped/vitest.config.ts', '--root', root];
  const {stdout} = await promisify(execFile)(process.execPath, args, {cwd: root});
  expect(stdout.trimEnd().split('\n')).toEqual([
    'skipped: test/skipped/some-tests.ts: all of these > first: needs a moon',
    'skipped: test/skipped/some-tests.ts: all of these > deeper > second: needs a moon',
    'skipped: test/skipped/some-tests.ts: third: needs a sun',
    'skipped: test/skipped/some-tests.ts: fourth: all but the stars',
    'skipped: test/skipped/some-tests.ts: fifth: NO REASON GIVEN',
    '1 passed, 0 failed, 5 skipped',
  ]);
});

test('no test is skipped without a reason', () => {
  const files = readdirSync(`${root}/test`, {recursive: true, encoding: 'utf8'}).filter(file =>
    /\.test\.tsx?$/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.filter(file =>
    /\.(skipIf|runIf|skip|todo)(\(|\.)/.test(readFileSync(`${root}/test/${file}`, 'utf8')),
  );
  expect(found).toEqual([]);
});
