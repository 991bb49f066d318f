import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {isNewEnough, whyTooOld} from '../../src/about/needed-node.js';
import {program} from '../components/sockwalk.ts';
import {needs} from '../needs.ts';

/** A Node older than the program needs: npm run nodes brings one. */
const oldNode =
  process.env.SOCKWALK_OLD_NODE ??
  fileURLToPath(new URL(`../../.nodes/18/node_modules/node-linux-${process.arch}/bin/node`, import.meta.url));
const whyNoOldNode = existsSync(oldNode) ? null : 'needs a Node 18, which npm run nodes installs';
const prepare = fileURLToPath(new URL('../../scripts/prepare.mjs', import.meta.url));

test.each([
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['9.11.2', false],
  ['21.0.0', true],
  ['100.0.0-nightly', true],
])('Node %s is new enough: %s', (version, isEnough) => {
  expect(isNewEnough(version)).toBe(isEnough);
  expect(whyTooOld(version, [], {}) === null).toBe(isEnough);
});

const sentences = {
  en: /^sockwalk: This needs Node 20\.19 or later; the Node here is 18\.\d+\.\d+\.\n$/,
  ja: /^sockwalk: Node 20\.19 以降が必要です\(この Node は 18\.\d+\.\d+ です\)。\n$/,
};

describe('an older Node says so in one sentence, and ends with 1', needs(whyNoOldNode), () => {
  test.each([
    ['en', [program], {}],
    ['en', [program, '--help'], {LANG: 'fr_FR.UTF-8'}],
    ['en', [program, 'doctor', '--lang', 'en'], {LANG: 'ja_JP.UTF-8'}],
    ['en', [program, 'play', '--all'], {LC_ALL: 'C', LANG: 'ja_JP.UTF-8'}],
    ['en', [prepare], {}],
    ['ja', [program, 'verify', '--lang', 'ja'], {}],
    ['ja', [program, 'serve', '--lang=ja'], {}],
    ['ja', [program, 'list'], {LANG: 'ja_JP.UTF-8'}],
    ['ja', [program, 'nonsense'], {LC_ALL: 'ja_JP.eucJP'}],
    ['ja', [prepare], {LC_MESSAGES: 'ja_JP.UTF-8'}],
  ] as const)('in %s: %j with %o', (language, args, env) => {
    const {status, stdout, stderr} = spawnSync(oldNode, args, {env, encoding: 'utf8'});
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentences[language]);
  });
});
