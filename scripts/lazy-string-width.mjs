// V8 needs up to 30 ms to build string-width's \p{RGI_Emoji}, which is done as it is loaded, and Ink loads it; most screens
// have no emoji. So whoever imports it gets a function that loads it, as it is published, for the first text that is not plain.
import {fileURLToPath} from 'node:url';

const plainWidth = fileURLToPath(new URL('../src/messages/plain-width.ts', import.meta.url));

const contents = `import {plainWidth} from ${JSON.stringify(plainWidth)};
const isPlain = (text, options) => typeof text === 'string' && options === undefined;
export default (text, options) =>
  (isPlain(text, options) ? plainWidth(text) : null) ?? require('string-width').default(text, options);`;

const namespace = 'lazy-string-width';

/** @type {import('esbuild').Plugin} */
export const lazyStringWidth = {
  name: namespace,
  setup(build) {
    build.onResolve({filter: /^string-width$/}, ({namespace: from, resolveDir: pluginData}) =>
      from === namespace ? undefined : {path: 'string-width', namespace, pluginData},
    );
    build.onLoad({filter: /.*/, namespace}, ({pluginData: resolveDir}) => ({contents, resolveDir}));
  },
};
