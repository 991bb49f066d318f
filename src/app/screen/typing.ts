import {labText} from '../../messages/lab.ts';
import type {Lesson} from '../../model/lesson.ts';
import {longestLine} from '../line/line-edit.ts';
import {searched} from './home-page.ts';
import type {State} from './state.ts';

/** The text that is being typed on a page; null where nothing is. */
export function typedOn(page: State['page']): string | null {
  switch (page.kind) {
    case 'walk':
      return page.phase === 'writing' ? page.draft : null;
    case 'lab':
      return page.phase === 'typing' ? page.line.text : null;
    case 'home':
      return page.search;
    case 'opening':
      return null;
  }
}

/** The page with another text in place of the one that is being typed. */
export function withTyped(page: State['page'], text: string, lessons: readonly Lesson[]): State['page'] {
  switch (page.kind) {
    case 'walk':
      return {...page, draft: text, messageProblem: null};
    case 'lab':
      return {...page, line: {...page.line, text, problem: fullOf(text), cycle: null}};
    case 'home':
      return searched(page, text, lessons);
    case 'opening':
      return page;
  }
}

/** Whether all that was pasted or typed found room is not known by now: that it may not have is said. */
const fullOf = (text: string) =>
  text.length < longestLine
    ? null
    : {complaint: {text: labText.lineFull, values: {most: longestLine}}, at: text.length};
