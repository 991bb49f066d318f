// Bundles the program into dist/: one entry, its chunks, and what is started as a process of its own: actor, router, echo server ….
import {rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {lazyBudoux} from './lazy-budoux.mjs';
import {lazyStringWidth} from './lazy-string-width.mjs';
import {lessonTexts} from './lesson-texts.mjs';
import {thirdPartyLicenses} from './third-party-licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(new URL('../dist', import.meta.url), {recursive: true, force: true});

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  jsx: 'automatic',
  // koffi carries a binary for each platform; the devtools are never loaded.
  external: ['koffi', 'react-devtools-core'],
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    // Yoga would fetch() its own base64 text, and Node needs 30 ms to load what fetch() needs. Without it, it decodes.
    fetch: 'undefined',
  },
  plugins: [lazyBudoux, lazyStringWidth, lessonTexts],
  // Some bundled CommonJS modules call require() for a core module.
  banner: {js: 'const require=process.getBuiltinModule;'},
  // All that they say is in THIRD-PARTY-LICENSES.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

// What a command does not need it does not load.
const program = await build({...common, entryPoints: {sockwalk: 'src/start.ts'}, splitting: true});

// One file each: it starts quicker, and parts of the program that it shares would be cut out of the program's own files.
const processes = await build({
  ...common,
  entryPoints: {
    actor: 'src/lab/actor/actor.ts',
    'node-actor': 'src/lab/actor/node-actor.ts',
    'practice-router': 'src/lab/router/practice-router.ts',
    'echo-server': 'src/lab/serve/echo-server-process.ts',
    network: 'src/lab/network/network-process.ts',
  },
});

const licenses = thirdPartyLicenses(root, [program.metafile, processes.metafile]);
writeFileSync(new URL('../dist/THIRD-PARTY-LICENSES', import.meta.url), licenses);
