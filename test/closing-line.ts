import type {Reporter, TestCase, TestModule} from 'vitest/node';

/** Ends the run with one plain line, `120 passed, 0 failed, 2 skipped`, and names what was skipped above it. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter(test => test.result().state === state);
    const broken = modules.filter(module => module.errors().length > 0).length + errors.length;
    for (const test of inState('skipped')) console.log(`skipped: ${nameOf(test)}`);
    const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(state => inState(state).length);
    console.log(`${passed} passed, ${(failed ?? 0) + broken} failed, ${skipped} skipped`);
  }
}

const nameOf = (test: TestCase): string => `${test.module.relativeModuleId}: ${test.fullName}`;
