import {readFileSync} from 'node:fs';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** What the files that need the play of the course import. */
const needsCourse = /from '[./]*\/(walked|course|frames-of|lessons\/play|play)\.ts'/;

/** Of those, one that asks for it at once: others may first do something of their own. */
const asksAtOnce = 'test/timeline/project.test.ts';

/**
 * The play of the course is made by the first test file that asks, and the others wait for it: all at once they would leave the
 * machine idle for as long. One asks at the beginning, the others come last.
 */
export class CourseLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const first = sorted.filter(({moduleId}) => moduleId.endsWith(asksAtOnce));
    const later = sorted.filter(file => isWaiting(file) && !first.includes(file));
    const others = sorted.filter(file => !isWaiting(file));
    return [...first, ...others, ...later];
  }
}

const isWaiting = ({moduleId}: TestSpecification): boolean => needsCourse.test(readFileSync(moduleId, 'utf8'));
