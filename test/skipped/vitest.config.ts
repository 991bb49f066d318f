import {defineConfig} from 'vitest/config';
import {ClosingLine} from '../closing-line.ts';

export default defineConfig({test: {include: ['test/skipped/some-tests.ts'], reporters: [new ClosingLine()]}});
