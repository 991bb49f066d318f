// Plays the lessons in which actors are Node, and writes down what strace saw: lessons/data/ID-traces.ts, for machines without strace.
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {lessons} from '../lessons/index.ts';
import {lessonOfReview} from '../src/app/run/lesson-here.ts';
import {Walk} from '../src/app/run/walk.ts';
import {tracing} from '../src/lab/actor/strace.ts';
import {nextFree} from '../src/lab/kernel/port.ts';
import {port} from '../src/model/brands.ts';
import type {Lesson} from '../src/model/lesson.ts';
import type {RecordedCall} from '../src/model/traced.ts';

if ((await tracing()) === null) throw new Error('strace is missing, or may not trace here');

for (const lesson of lessons.filter(({nodeActors, traces}) => nodeActors && traces)) {
  const scenes = [lesson, ...lesson.review.map(review => lessonOfReview(lesson, review))];
  const traces: Record<string, RecordedCall[]> = {};
  for (const scene of scenes) Object.assign(traces, await traced(scene));
  const name = `${lesson.id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Traces`;
  const file = fileURLToPath(new URL(`../lessons/data/${lesson.id}-traces.ts`, import.meta.url));
  writeFileSync(file, sourceOf(name, traces));
  process.stdout.write(`${file}\n`);
}

async function traced(lesson: Lesson): Promise<Record<string, RecordedCall[]>> {
  const free = await nextFree(port(8079));
  if (!free) throw new Error('no free port');
  await using walk = await Walk.open(lesson, {network: null, ...free}, '');
  while (walk.nextStep) await walk.next();
  const calls: Record<string, RecordedCall[]> = {};
  for (const event of walk.log.events) {
    if (event.kind === 'judged' && !event.holds)
      throw new Error(`${event.lesson} ${event.step}: the claim does not hold: ${JSON.stringify(event.unmet)}`);
    if (event.kind !== 'traced') continue;
    const {actor, name, args, result, errno} = event;
    const ofStep = calls[event.step] ?? [];
    calls[event.step] = [...ofStep, {actor, name, args, result, errno}];
  }
  return calls;
}

function sourceOf(name: string, traces: Record<string, RecordedCall[]>): string {
  return `// Written by scripts/record-traces.ts: what strace saw, by step.
import type {RecordedTraces} from '../src/model/traced.ts';

export const ${name}: RecordedTraces = ${JSON.stringify({node: process.version, byStep: traces}, null, 2)};
`;
}
