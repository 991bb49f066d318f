import {tracing} from '../../../src/lab/actor/strace.ts';

/** What a test that needs strace is called where there is none; null where it works. */
export const whyNotTraced = (await tracing()) === null ? 'needs strace, and leave to trace' : null;
