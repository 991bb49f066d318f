import {glossary} from '../../../lessons/data/glossary.ts';
import {lessons} from '../../../lessons/index.ts';
import {noProgress} from '../../../src/app/keep/progress.ts';
import {framesOf, portOf, stopsOf} from '../../../src/app/screen/log-page.ts';
import {arrangementOf, freshPage, paneAt} from '../../../src/app/screen/moves.ts';
import {messageOf, shownStep, type WalkPage} from '../../../src/app/screen/state.ts';
import {textDataOf} from '../../../src/app/screen/words.ts';
import type {WalkData} from '../../../src/draw/lesson/walk-picture.ts';
import type {LogEvent} from '../../../src/model/event.ts';
import type {Lesson} from '../../../src/model/lesson.ts';
import {logOf} from '../../../src/timeline/log.ts';

/** A moment of a lesson, and what its screen is drawn from. */
export interface Moment {
  readonly name: string;
  readonly data: WalkData;
}

/** Every moment of a lesson that was walked: its beginning, each step, each question before it, and its end. */
export function momentsOf(lesson: Lesson, events: readonly LogEvent[]): readonly Moment[] {
  const log = logOf(events);
  const began = events.findIndex(({kind}) => kind === 'call-started');
  const whole: WalkPage = {...freshPage(lesson), log, length: events.length, began, seed: 1};
  const moments: Moment[] = [];
  let before = whole;
  for (const [performed, {events: length}] of stopsOf(whole).entries()) {
    // As it was then: nobody knew what comes.
    const there: WalkPage = {...whole, log: logOf(events.slice(0, length)), length, performed};
    const page: WalkPage = {
      ...there,
      draft: messageOf(whole),
      pane: performed > 0 ? paneAt(there, before) : whole.pane,
    };
    const phases = [...(performed === lesson.steps.length ? (['reading', 'summary'] as const) : phasesAt(page))];
    moments.push(...phases.map(phase => momentOf({...page, phase}, phase)));
    before = page;
  }
  return moments;
}

function phasesAt({lesson, performed}: WalkPage): readonly WalkPage['phase'][] {
  const next = lesson.steps[performed ?? 0];
  if (next?.arrange) return ['reading', 'arranging'];
  return next?.predict ? ['reading', 'asking'] : ['reading'];
}

function momentOf(page: WalkPage, phase: WalkPage['phase']): Moment {
  const shown: WalkPage = phase === 'arranging' ? {...page, arrangement: arrangementOf(page)} : page;
  const text = textDataOf(shown, {lessons, glossary, chapters: [], challenges: [], challengeCount: 0}, noProgress);
  const {following, view} = text;
  const isNextKnown = following && !following.arrange && !text.ended;
  const message = messageOf(shown);
  const {lesson, performed} = page;
  return {
    name: `${lesson.id} ${performed} ${shownStep(page)?.id ?? ''} ${phase}`,
    data: {
      header: {
        label: `1 ${lesson.id}`,
        title: lesson.title,
        mode: 'live',
        step: performed ?? 0,
        steps: lesson.steps.length,
        speed: null,
      },
      text,
      next: isNextKnown ? {step: following, message, port: portOf(page), isAsked: phase === 'asking'} : null,
      message,
      pane: page.pane,
      lane: null,
      now: view.at,
      frames: framesOf(page),
      flight: null,
      scroll: 0,
      notice: null,
      belowRows: 0,
    },
  };
}
