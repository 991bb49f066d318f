import {readFileSync} from 'node:fs';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** What the files that need the play of the course import. */
const needsCourse = /from '[./]*\/(walked|course|frames-of|lessons\/play|play)\.ts'/;

/**
 * The play of the course is made by the first test file that asks, and the others wait for it: all at once they would leave the
 * machine idle for as long. One asks at the beginning, the others come last.
 */
export class CourseLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const [first, ...later] = sorted.filter(isWaiting);
    const others = sorted.filter(file => !isWaiting(file));
    return first ? [first, ...others, ...later] : others;
  }
}

const isWaiting = ({moduleId}: TestSpecification): boolean => needsCourse.test(readFileSync(moduleId, 'utf8'));
