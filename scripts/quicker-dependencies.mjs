// Bundled packages do some work at every start and for every frame that they could do once, or not at all. These edits
// change when it is done, never what comes of it; `npm run bench` says what they are worth.
import {readFile} from 'node:fs/promises';

/** @typedef {{readonly file: RegExp, readonly changes: readonly (readonly [from: string, to: string])[]}} Edit */

/** @type {readonly Edit[]} */
const edits = [
  {
    file: /node_modules\/string-width\/index\.js$/,
    changes: [
      // V8 needs about 50 ms to build \p{RGI_Emoji}. Each of its sequences has a character that is an emoji by itself,
      // or the selector that makes it one (UTS #51, ED-20 and ED-27): most programs never meet either.
      [
        'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
        `const emojiSign = /[\\p{Emoji_Presentation}\\uFE0F]/u;
let rgiEmoji;
const rgiEmojiRegex = {
  test: segment => emojiSign.test(segment) && (rgiEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(segment),
};`,
      ],
      // The same rules, words and spaces are measured several times in each frame.
      [
        'export default function stringWidth(input, options = {}) {',
        `const widths = new Map();
export default function stringWidth(input, options) {
  if (options !== undefined || typeof input !== 'string') return measure(input, options);
  let width = widths.get(input);
  if (width === undefined) {
    width = measure(input);
    if (widths.size >= 10_000) widths.clear();
    widths.set(input, width);
  }
  return width;
}

function measure(input, options = {}) {`,
      ],
    ],
  },
  {
    // Ink forgets after each frame how it took the lines of that frame apart; most of them come again in the next.
    file: /node_modules\/ink\/build\/output\.js$/,
    changes: [
      ['    caches = new OutputCaches();', '    caches = sharedCaches.forNextFrame();'],
      [
        '    styledChars = new Map();',
        `    styledChars = new Map();
    forNextFrame() {
        for (const cache of [this.widths, this.blockWidths, this.styledChars]) if (cache.size >= 5000) cache.clear();
        return this;
    }`,
      ],
      ['export default class Output {', 'const sharedCaches = new OutputCaches();\nexport default class Output {'],
    ],
  },
];

/** An esbuild plugin. Fails the build when a package no longer has the lines that are to change. */
export const quickerDependencies = {
  name: 'quicker-dependencies',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    for (const {file, changes} of edits) {
      build.onLoad({filter: file}, async ({path}) => ({
        contents: changes.reduce((text, change) => changed(text, change, path), await readFile(path, 'utf8')),
        loader: 'js',
      }));
    }
  },
};

/** @param {string} text @param {readonly [string, string]} change @param {string} path */
function changed(text, [from, to], path) {
  if (text.split(from).length !== 2) throw new Error(`${path} should have once: ${from}`);
  return text.replace(from, () => to);
}
