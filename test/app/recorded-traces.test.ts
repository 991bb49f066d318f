import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {lessonOfReview} from '../../src/app/lesson-here.ts';
import {Transcript} from '../../src/app/transcript.ts';
import type {Lesson} from '../../src/model/lesson.ts';
import {walked} from '../walked.ts';

const path = process.env.PATH;
beforeAll(() => {
  process.env.PATH = '/nowhere';
});
afterAll(() => {
  process.env.PATH = path;
});

const scenes = lessons
  .filter(({traces}) => traces)
  .flatMap((lesson): Lesson[] => [lesson, ...lesson.review.map(review => lessonOfReview(lesson, review))]);

describe.each(scenes.map(scene => [scene.id, scene] as const))('without strace, %s', (_, scene) => {
  test('runs for real beside a recording, which is said to be one and of which Node, and holds what it claims', async () => {
    const events = await walked(scene);
    expect(events.flatMap(event => (event.kind === 'judged' ? event.unmet : []))).toEqual([]);
    const traced = events.filter(event => event.kind === 'traced');
    const claimed = scene.steps.flatMap(({expect: {traced: claims = []}}) => claims.flatMap(({calls}) => calls));
    expect(traced.length).toBeGreaterThanOrEqual(claimed.length);
    expect(traced.filter(event => event.recorded !== true)).toEqual([]);
    const transcript = new Transcript({language: 'en', ascii: false, width: 80}, [scene], () => 1);
    for (const event of traced) {
      expect(event.node).toMatch(/^v\d+\.\d+\.\d+$/);
      expect(transcript.lines(event).join()).toContain(`[RECORDED, Node ${event.node}]`);
    }
  });
});
