import {test as one} from 'vitest';
import {languages} from '../../src/model/text.ts';
import {walkByKeys} from '../app/by-keys.ts';
import {sizes} from '../app/sizes.ts';
import {wholeLessons} from '../walked.ts';

// Every run has a terminal, processes, a port and a data folder of its own, and mostly waits.
const test = one.concurrent;

const walks = wholeLessons.flatMap(lesson => languages.map(language => ({lesson, language, id: lesson.id})));

test.each(walks)('$id tells all that it has to say in every size, in $language', ({lesson, language}) =>
  walkByKeys(lesson, () => sizes.map(size => ({size, language}))),
);
