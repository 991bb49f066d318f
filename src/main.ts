#!/usr/bin/env node
import module from 'node:module';

// From Node 22.8 on, and before the program is loaded: what is compiled earlier is not kept.
if ('enableCompileCache' in module) (await import('./app/compile-cache.ts')).keepCompiled();
await import('./cli.ts');
