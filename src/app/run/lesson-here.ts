import {has} from '../../lab/needs.ts';
import type {Network} from '../../lab/network/network.ts';
import {cliText, needText} from '../../messages/cli.ts';
import {fill} from '../../messages/fill.ts';
import {screenText} from '../../messages/screen.ts';
import type {Lesson, Need, Review, Step} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';

/** A lesson as this machine can run it. */
export interface LessonHere {
  readonly lesson: Lesson;
  /** What the steps that are left out would need. */
  readonly lacks: readonly Need[];
}

const known = new Map<string, Promise<boolean>>();

/** The machine does not change while the program runs: each need is looked at once for each kind of network. */
function isMet(need: Need, network: Network | null): Promise<boolean> {
  const key = `${need} ${network?.kind}`;
  const met = known.get(key) ?? has[need](network);
  known.set(key, met);
  return met;
}

/** Leaves out the steps that need what this machine, or the network, does not have. */
export async function lessonHere(lesson: Lesson, network: Network | null): Promise<LessonHere> {
  const lacks = new Set<Need>();
  const steps: Step[] = [];
  for (const step of lesson.steps) {
    const met = await Promise.all((step.needs ?? []).map(async need => ((await isMet(need, network)) ? null : need)));
    const lacking = met.filter(need => need !== null);
    for (const need of lacking) lacks.add(need);
    if (lacking.length > 0) continue;
    const isUnseen = restsOnFrames(step) && !(await isMet('capture', network));
    if (isUnseen) lacks.add('capture');
    steps.push(isUnseen ? withoutQuestion(step) : step);
  }
  return {lesson: lacks.size === 0 ? lesson : {...lesson, steps}, lacks: [...lacks]};
}

/** Where nothing is captured, nobody can say which choice is right. */
const restsOnFrames = ({predict}: Step): boolean => predict?.choices.some(({claim}) => claim.wire) ?? false;

function withoutQuestion({predict: _, hint: __, ...step}: Step): Step {
  return step;
}

/** A review question as a lesson of its own, so that it is walked like one. */
export const lessonOfReview = (lesson: Lesson, {id, actors, nodeActors, steps}: Review): Lesson => ({
  id: `${lesson.id}/${id}`,
  title: lesson.title,
  about: screenText.aboutReview,
  minutes: 1,
  ...(actors ? {actors} : {}),
  ...(nodeActors ? {nodeActors} : {}),
  ...(lesson.network ? {network: lesson.network} : {}),
  ...(lesson.listensOnAllAddresses ? {listensOnAllAddresses: true} : {}),
  ...(lesson.hosts ? {hosts: lesson.hosts} : {}),
  ...(lesson.files ? {files: lesson.files} : {}),
  ...(lesson.traces ? {traces: lesson.traces} : {}),
  beliefs: {},
  steps,
  summary: steps.at(-1)?.after ?? lesson.summary,
  review: [],
});

/** Which steps a lesson goes without here, and why. */
export const lackSentence = (whole: Lesson, here: Lesson, lacks: readonly Need[], language: Language): string =>
  fill(whole.steps.length === here.steps.length ? cliText.notAsked : cliText.leftOut, language, {
    lesson: whole.id,
    count: whole.steps.length - here.steps.length,
    needs: lacks.map(need => needText[need][language]).join(', '),
  });
