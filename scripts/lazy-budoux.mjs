// BudouX's model is 24 KiB of source, of which tables are made as it is loaded: that is done when it is first asked for, which
// only a text does that is Japanese and longer than its line.
import {basename, dirname, join} from 'node:path';

const namespace = 'lazy-budoux';

const contentsOf = name =>
  `Object.defineProperty(exports, 'model', {enumerable: true, get: () => require('./${name}').model});`;

/** @type {import('esbuild').Plugin} */
export const lazyBudoux = {
  name: namespace,
  setup(build) {
    build.onResolve({filter: /[\\/]budoux[\\/].*[\\/]ja\.js$/}, ({path, resolveDir}) => ({
      path: basename(path),
      namespace,
      pluginData: dirname(join(resolveDir, path)),
    }));
    build.onLoad({filter: /.*/, namespace}, ({path, pluginData: resolveDir}) => ({
      contents: contentsOf(path),
      resolveDir,
    }));
  },
};
