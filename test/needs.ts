import type {TestOptions} from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What this machine lacks for the test; `closing-line.ts` prints it. */
    lack?: string;
  }
}

/**
 * Options of a test, or of all tests of a describe, that need what a machine may lack: for each need null where it is met,
 * else why not. Where one is not they are skipped, and the end of the run says why.
 */
export function needs(...lacks: readonly (string | null)[]): TestOptions {
  const lack = lacks.find(one => one !== null);
  return lack ? {skip: true, meta: {lack}} : {};
}
