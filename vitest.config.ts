import {defineConfig} from 'vitest/config';
import {ClosingLine} from './test/closing-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    reporters: ['default', new ClosingLine()],
    // Real processes on two cores: a slow machine must not look like a broken program.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 3,
    // One less than the machine has cores would be one on most: real processes mostly wait.
    maxWorkers: 2,
    globalSetup: 'test/once.ts',
    // Colours are asked for where a test looks at them.
    env: {NO_COLOR: '', FORCE_COLOR: '0'},
  },
});
