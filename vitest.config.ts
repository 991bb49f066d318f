import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Real processes on two cores: a slow machine must not look like a broken program.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: {NO_COLOR: '', FORCE_COLOR: '0'},
  },
});
