// The lessons are pure data, a megabyte of it: a walk needs one of them, and the list only titles. So each becomes a file of
// JSON in dist/lessons/, which is read when something of it is first asked for that the list does not show.
import {deepStrictEqual} from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {build} from 'esbuild';

/** What is there without the file. */
const shown = ['id', 'title', 'about', 'minutes'];

/** @type {import('esbuild').Plugin} in place of lessons/index.ts: the same lessons, their properties read when they are asked for */
export const lessonTexts = {
  name: 'lesson-texts',
  setup(setup) {
    const {absWorkingDir = '.', outdir = '.'} = setup.initialOptions;
    setup.onLoad({filter: /[\\/]lessons[\\/]index\.ts$/}, async ({path}) => {
      const {chapters, challengeCount, outlineOf} = await evaluate(dirname(path));
      for (const {lessons} of chapters) for (const lesson of lessons) write(join(absWorkingDir, outdir), lesson);
      const titles = chapters.map(({title, lessons}) => ({title, lessons: lessons.map(titleOf(outlineOf))}));
      return {contents: moduleWith(titles, challengeCount), loader: 'js', resolveDir: dirname(path)};
    });
  },
};

/** @param {string} folder of the lessons, which import no package */
async function evaluate(folder) {
  const contents = `export {challengeCount, chapters} from './index.ts'; export {outlineOf} from '../src/model/outline.ts';`;
  const stdin = {contents, resolveDir: folder};
  const {outputFiles} = await build({stdin, bundle: true, write: false, format: 'esm', platform: 'node'});
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? '').toString('base64')}`);
}

/** @param {string} folder @param {import('../src/model/lesson.ts').Lesson} lesson */
function write(folder, lesson) {
  const text = JSON.stringify(lesson);
  // What JSON cannot say would be lost in silence.
  deepStrictEqual(JSON.parse(text), lesson);
  mkdirSync(join(folder, 'lessons'), {recursive: true});
  writeFileSync(join(folder, 'lessons', `${lesson.id}.json`), text);
}

const titleOf = outlineOf => lesson => {
  const eager = Object.fromEntries(shown.map(name => [name, lesson[name]]));
  return {eager, lazy: Object.keys(lesson).filter(name => !shown.includes(name)), outline: outlineOf(lesson)};
};

const moduleWith = (titles, challengeCount) => `import {readFileSync} from 'node:fs';
import {knowOutline} from '../src/model/outline.ts';

function lessonOf({eager, lazy, outline}) {
  let whole;
  const file = new URL(\`lessons/\${eager.id}.json\`, import.meta.url);
  const read = name => (whole ??= JSON.parse(readFileSync(file, 'utf8')))[name];
  const getters = lazy.map(name => [name, {enumerable: true, get: () => read(name)}]);
  const lesson = Object.defineProperties(eager, Object.fromEntries(getters));
  knowOutline(lesson, outline);
  return lesson;
}

const titles = JSON.parse(${JSON.stringify(JSON.stringify(titles))});
export const chapters = titles.map(({title, lessons}) => ({title, lessons: lessons.map(lessonOf)}));
export const lessons = chapters.flatMap(chapter => chapter.lessons);
export const challengeCount = ${challengeCount};`;
