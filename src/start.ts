#!/usr/bin/env node
// The program itself is imported only once it is known that this Node can read it, and can keep what it compiles.
import module from 'node:module';
import {whyTooOld} from './about/needed-node.js';

const {versions, argv, env, stderr} = process;
const why = whyTooOld(versions.node, argv.slice(2), env);
if (why === null) {
  // From Node 22.8 on, and before the rest is loaded: what is compiled earlier is not kept.
  if ('enableCompileCache' in module) (await import('./app/keep/compile-cache.ts')).keepCompiled();
  await import('./cli.ts');
} else {
  stderr.write(`sockwalk: ${why}\n`);
  process.exitCode = 1;
}
