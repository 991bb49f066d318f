import {afterAll, describe, expect, test, vi} from 'vitest';
import {lessons} from '../../lessons/index.ts';
import {Transcript} from '../../src/app/command/transcript.ts';
import {lessonOfReview} from '../../src/app/run/lesson-here.ts';
import type {Lesson} from '../../src/model/lesson.ts';
import {walkedAlone} from '../walked.ts';

// Before anything looks whether there is strace.
const path = vi.hoisted(() => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  return path;
});
afterAll(() => {
  process.env.PATH = path;
});

const scenes = lessons
  .filter(({traces}) => traces)
  .flatMap((lesson): Lesson[] => [lesson, ...lesson.review.map(review => lessonOfReview(lesson, review))]);

describe.each(scenes.map(scene => [scene.id, scene] as const))('without strace, %s', (_, scene) => {
  test('runs for real beside a recording, which is said to be one and of which Node, and holds what it claims', async () => {
    const events = (await walkedAlone(scene)).events;
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
