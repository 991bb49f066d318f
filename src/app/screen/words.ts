import {wordsOf} from '../../draw/lesson/step-text.ts';
import type {TextData} from '../../draw/lesson/text-data.ts';
import type {GlossaryData} from '../../draw/page/glossary.ts';
import {type Look, lookOf} from '../../draw/text/look.ts';
import {findTerms} from '../../messages/terms.ts';
import type {Taught} from '../../model/course.ts';
import type {Term} from '../../model/glossary.ts';
import {termsWith} from '../find/terms.ts';
import {lessonAfter, type Progress} from '../keep/progress.ts';
import {changesOf, isAtEdge, portOf, viewOf} from './log-page.ts';
import {choicesShown, endedActor, followingStep, type Overlay, type State, shownStep, type WalkPage} from './state.ts';

type Glossary = Extract<Overlay, {kind: 'glossary'}>;

/** What the words of a page are made from. */
export function textDataOf(page: WalkPage, {glossary, lessons}: Taught, progress: Progress): TextData {
  const next = lessonAfter(page.lesson.id, lessons, progress);
  const view = {...viewOf(page), changes: changesOf(page)};
  const following = page.hasFailed ? null : followingStep(page);
  return {
    view,
    lesson: page.lesson,
    shown: shownStep(page),
    following,
    choices: choicesShown(page),
    phase: page.phase,
    arrangement: page.arrangement,
    isBusy: page.isBusy,
    isHintOpen: page.isHintOpen,
    isAnswerWanted: page.isAnswerWanted,
    ended: endedActor(page, view),
    endOfRecording: page.source === 'recorded' && isAtEdge(page),
    port: portOf(page),
    nextLesson: next && {number: lessons.indexOf(next) + 1, title: next.title},
    terms: glossary,
  };
}

/** The glossary as it opens on a page: the terms of its text first, in the order in which they occur, then all others. */
export function glossaryOf(state: State, {selected, search}: Glossary, taught: Taught): GlossaryData {
  const {glossary} = taught;
  const look = lookOf(state.language, false);
  const text = textOn(state, taught, look);
  const places = findTerms(text, glossary, look.language);
  const found = new Set(places.map(({term}) => term));
  const here = [...found].sort((a, b) => Number(a.isCommon ?? false) - Number(b.isCommon ?? false));
  const others = glossary.filter(term => !found.has(term));
  const written = places.flatMap(({term, start, end}) => {
    const name = text.slice(start, end);
    return isAnother(name, term.names[look.language][0]) ? [[term.id, name]] : [];
  });
  const data = {written: Object.fromEntries(written), selected, search};
  const all = [...here, ...others];
  return search === null ? {...data, terms: all, here: here.length} : {...data, terms: termsWith(all, search), here: 0};
}

/** The glossary, opened at a term. */
export function glossaryAt(term: Term, state: State, taught: Taught): Glossary {
  const fresh: Glossary = {kind: 'glossary', selected: 0, search: null};
  return {...fresh, selected: Math.max(0, glossaryOf(state, fresh, taught).terms.indexOf(term))};
}

/** Whether this is more than a short form or a plural of the standard name. */
function isAnother(name: string, standard: string): boolean {
  const [a, b] = [name.toLowerCase(), standard.toLowerCase()];
  return !a.includes(b) && !b.includes(a);
}

function textOn({page, progress}: State, taught: Taught, look: Look): string {
  if (page.kind === 'walk') return wordsOf(textDataOf(page, taught, progress), look);
  if (page.kind === 'lab') return '';
  const lesson = page.kind === 'home' ? taught.lessons.find(({id}) => id === page.selected) : page.lesson;
  return lesson ? `${look.say(lesson.title)}\n${look.say(lesson.about)}` : '';
}
