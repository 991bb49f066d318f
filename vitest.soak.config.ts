import {defineConfig} from 'vitest/config';
import usual from './vitest.config.ts';

const {projects: _, ...test} = usual.test ?? {};

/** What is long by nature: `npm run soak`. Milliseconds. */
export default defineConfig({
  test: {...test, include: ['test/soak/**/*.soak.ts'], testTimeout: 1_800_000, hookTimeout: 1_800_000},
});
