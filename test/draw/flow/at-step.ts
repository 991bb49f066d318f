import type {FlowData} from '../../../src/draw/flow/flow-data.ts';
import {project} from '../../../src/timeline/project.ts';
import {readFrames} from '../../../src/timeline/read-frames.ts';
import type {captured} from '../../frames-of.ts';

type Played = Awaited<ReturnType<typeof captured>>;

/** What the flow is drawn from where a learner stands after so many steps of a lesson. */
export function atStep({lesson, log, endOf}: Played, steps: number): FlowData {
  const step = lesson.steps[steps - 1] ?? null;
  return at({lesson, log}, step ? endOf(step.id) : 0, steps);
}

/** The same after so many events. */
export function at({lesson, log}: Pick<Played, 'lesson' | 'log'>, upTo: number, steps: number): FlowData {
  const view = project(log, upTo);
  const following = lesson.steps[steps];
  return {
    ...{view, lesson, port: 8080, frames: readFrames(log, upTo), isRecorded: false, now: view.at},
    step: lesson.steps[steps - 1] ?? null,
    following: following && !following.arrange ? {step: following, message: 'hello'} : null,
    isMaking: false,
  };
}
