#!/usr/bin/env node
// The program itself is imported only once it is known that this Node can read it.
import {whyTooOld} from './needed-node.js';

const {versions, argv, env, stderr} = process;
const why = whyTooOld(versions.node, argv.slice(2), env);
if (why === null) void import('./cli.ts');
else {
  stderr.write(`sockwalk: ${why}\n`);
  process.exitCode = 1;
}
