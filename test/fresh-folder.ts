import {mkdtempSync} from 'node:fs';
import {join} from 'node:path';
import {inject} from 'vitest';

/** A folder that is removed when the run of the tests is over. */
export const freshFolder = (): string => mkdtempSync(join(inject('made'), '-'));
