import {defineConfig} from 'vitest/config';
import {ClosingLine} from './test/closing-line.ts';

/** What starts no process and keeps nothing: its modules are loaded once, not for each file. */
const pure = [
  ...['claims', 'draw', 'messages', 'model', 'timeline', 'wire'],
  ...['command', 'find', 'keep', 'line', 'screen', 'serve', 'words'].map(folder => `app/${folder}`),
].map(folder => `test/${folder}/**/*.test.{ts,tsx}`);

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    // Real processes on two cores: a slow machine must not look like a broken program.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 3,
    // More than most machines have cores: real processes mostly wait.
    maxWorkers: 3,
    globalSetup: 'test/once.ts',
    // Colours are asked for where a test looks at them.
    env: {NO_COLOR: '', FORCE_COLOR: '0'},
    projects: [
      {extends: true, test: {name: 'pure', include: pure, isolate: false}},
      {extends: true, test: {name: 'real', include: ['test/**/*.test.{ts,tsx}'], exclude: pure}},
    ],
  },
});
