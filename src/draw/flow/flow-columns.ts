import {type ActorName, actorNames, sideOf, usualActors} from '../../model/actor.ts';
import {actsOf, type Lesson} from '../../model/lesson.ts';
import type {FlowData} from './flow-data.ts';

/** Whose calls stand where: servers left of the wire, clients right of it. */
export interface FlowColumns {
  readonly left: readonly ActorName[];
  readonly right: readonly ActorName[];
  /** For whom there is no room. */
  readonly others: readonly ActorName[];
}

/** Three and more have a column each where each has so many cells: in fewer, no call has room. */
const leastColumn = 34;
/** The wire between two of them, at most. */
const wireWidth = 16;

/** A column for each actor while there is room, else for the two that talk now. */
export function columnsOf(data: FlowData, width: number): FlowColumns {
  const actors = actorsOf(data);
  const hasRoom = width - wireWidth >= actors.length * leastColumn && actors.length <= most;
  const shown = actors.length <= 2 || hasRoom ? actors : talking(data, actors);
  return {
    left: shown.filter(actor => sideOf(actor) === 'server'),
    right: shown.filter(actor => sideOf(actor) === 'client'),
    others: actors.filter(actor => !shown.includes(actor)),
  };
}
/** More columns than this say nothing, however wide the screen is. */
const most = 4;

/** All that make calls, or will. The router's are not seen, and the network has no sockets. */
function actorsOf({view, lesson}: FlowData): readonly ActorName[] {
  const called = new Set<ActorName>([
    ...callersOf(lesson),
    ...view.calls.map(({actor}) => actor),
    ...view.heard.map(({actor}) => actor),
  ]);
  if (called.size === 0 || lesson.steps.length === 0) for (const actor of usualActors) called.add(actor);
  const withSockets = actorNames.filter(actor => called.has(actor) && actor !== 'network');
  return withSockets.length > 0 ? withSockets : ['network'];
}

const callers = new WeakMap<Lesson, readonly ActorName[]>();

function callersOf(lesson: Lesson): readonly ActorName[] {
  const known = callers.get(lesson) ?? [...new Set(lesson.steps.flatMap(actsOf).map(({actor}) => actor))];
  callers.set(lesson, known);
  return known;
}

/** Who called last, or will next, and on the other side who waits, was called before, or comes after. */
function talking({view, following}: FlowData, actors: readonly ActorName[]): readonly ActorName[] {
  const newest = view.calls.findLast(({actor}) => actors.includes(actor))?.actor;
  const one = newest ?? following?.step.actor ?? actors[0];
  if (!one) return actors;
  const isOther = (actor: ActorName): boolean => actors.includes(actor) && sideOf(actor) !== sideOf(one);
  const other =
    [following?.step.actor].find(actor => actor !== undefined && isOther(actor)) ??
    view.lanes.find(({actor, waiting}) => waiting && isOther(actor))?.actor ??
    view.calls.findLast(({actor}) => isOther(actor))?.actor ??
    actors.find(isOther) ??
    actors.find(actor => actor !== one);
  return actors.filter(actor => actor === one || actor === other);
}
