import {test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {lessonOfReview} from '../../src/app/run/lesson-here.ts';
import {play} from '../lessons/play.ts';

const reviews = lessons.flatMap(lesson =>
  lesson.review.map(review => ({id: `${lesson.id}/${review.id}`, lesson, review})),
);

test.for(reviews)('in the review question $id the kernel does what every step claims', ({lesson, review}, context) =>
  play(lessonOfReview(lesson, review), context),
);
