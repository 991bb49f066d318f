import {defineConfig} from 'vitest/config';
import usual from './vitest.config.ts';

const {projects: _, ...test} = usual.test ?? {};

/** What is long by nature: `npm run soak`. Milliseconds. */
export default defineConfig({
  test: {
    ...test,
    include: [
      'test/soak/**/*.soak.ts',
      'test/components/{choice-order,cut,guest,node-guest,plain,screen,serve-screen,wire}.test.ts',
      'test/app/run/challenges.test.ts',
      'test/draw/lesson/room.test.ts',
      'test/cli/{network,pcap,play,progress,script}.test.ts',
      'test/lab/actor/{actor-process,strace}.test.ts',
      'test/messages/advice/advice.test.ts',
      'test/lab/network/packet-filter.test.ts',
    ],
    env: {...test.env, SOCKWALK_SOAK: '1'},
    maxWorkers: 2,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
