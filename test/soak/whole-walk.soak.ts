import {test as one} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {languages} from '../../src/model/text.ts';
import {walkByKeys} from '../components/by-keys.ts';
import {sizes} from '../components/sizes.ts';
import {whyNotWhole} from '../walked.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

const walks = lessons.flatMap(lesson => languages.map(language => ({lesson, language, id: lesson.id})));

test.for(walks)('$id tells all that it has to say in every size, in $language', async ({lesson, language}, {skip}) => {
  const lack = await whyNotWhole(lesson);
  skip(lack !== null, lack ?? '');
  await walkByKeys(lesson, () => sizes.map(size => ({size, language})));
});
