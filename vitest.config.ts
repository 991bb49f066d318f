import {defineConfig} from 'vitest/config';
import {ClosingLine} from './test/closing-line.ts';
import {CourseLast} from './test/course-last.ts';

// No test speaks TLS, and Node 20 reads these certificates at each start, which takes it longer than starting.
delete process.env.NODE_EXTRA_CA_CERTS;

const all = ['test/**/*.test.{ts,tsx}'];

/** What starts no process. Advice is tried on real processes. */
const pure = [
  'test/messages/*.test.ts',
  ...[
    ...['claims', 'draw', 'model', 'timeline', 'wire'],
    ...['command', 'find', 'keep', 'keys', 'line', 'screen', 'serve', 'terminal', 'words'].map(
      folder => `app/${folder}`,
    ),
  ].map(folder => `test/${folder}/**/*.test.{ts,tsx}`),
];

/** What takes a program away before anything has looked for it: each in a process of its own. */
const apart = ['test/components/recorded-traces.test.ts', 'test/lab/actor/without-strace.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    // Real processes on two cores: a slow machine must not look like a broken program.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxConcurrency: 3,
    // More than most machines have cores: real processes mostly wait.
    maxWorkers: 4,
    globalSetup: 'test/once.ts',
    sequence: {sequencer: CourseLast},
    // Colours are asked for where a test looks at them.
    env: {NO_COLOR: '', FORCE_COLOR: '0'},
    projects: [
      {extends: true, test: {name: 'pure', include: pure, isolate: false}},
      {extends: true, test: {name: 'apart', include: apart}},
      {extends: true, test: {name: 'real', include: all, exclude: [...pure, ...apart], isolate: false}},
    ],
  },
});
