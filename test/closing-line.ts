import type {Reporter, TestCase, TestModule, Vitest} from 'vitest/node';

/** Ends the run with one plain line, `120 passed, 0 failed, 2 skipped`, and names above it what was skipped, and why. */
export class ClosingLine implements Reporter {
  /** Whether only tests of some names are run (`-t`): the others need no reason. */
  #isPart = false;

  onInit(vitest: Vitest): void {
    this.#isPart = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter(test => test.result().state === state);
    const broken = modules.filter(module => module.errors().length > 0).length + errors.length;
    for (const test of inState('skipped')) {
      const why = whyOf(test);
      if (why || !this.#isPart) console.log(`skipped: ${nameOf(test)}: ${why ?? 'NO REASON GIVEN'}`);
    }
    const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(state => inState(state).length);
    console.log(`${passed} passed, ${(failed ?? 0) + broken} failed, ${skipped} skipped`);
  }
}

const nameOf = (test: TestCase): string => `${test.module.relativeModuleId}: ${test.fullName}`;

/** As the test said it while it ran (`ctx.skip`), or as its options did (`needs`). */
function whyOf(test: TestCase): string | undefined {
  const result = test.result();
  return (result.state === 'skipped' ? result.note : undefined) ?? test.meta().lack;
}
