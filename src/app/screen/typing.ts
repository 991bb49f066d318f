import {labText} from '../../messages/lab.ts';
import type {Lesson} from '../../model/lesson.ts';
import {longestLine} from '../line/line-edit.ts';
import {type TypedLine, writtenOn} from '../line/typed-line.ts';
import {searched} from './home-page.ts';
import type {State} from './state.ts';

/** The text that is being typed; null where nothing is. */
export function typedIn({page, overlay}: State): string | null {
  if (overlay?.kind === 'palette') return overlay.query;
  if (overlay?.kind === 'glossary') return overlay.search;
  return overlay ? null : typedOn(page);
}

function typedOn(page: State['page']): string | null {
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

/** The state with another text in place of the one that is being typed. */
export function withTyped(state: State, text: string, lessons: readonly Lesson[]): State {
  const {overlay} = state;
  if (overlay?.kind === 'palette') return {...state, overlay: {...overlay, query: text, selected: 0}};
  if (overlay?.kind === 'glossary') return {...state, overlay: {...overlay, search: text, selected: 0}};
  return {...state, page: withTypedOn(state.page, text, lessons)};
}

function withTypedOn(page: State['page'], text: string, lessons: readonly Lesson[]): State['page'] {
  switch (page.kind) {
    case 'walk':
      return {...page, draft: text, messageProblem: null};
    case 'lab':
      return {...page, line: typedLine(page.line, writtenOn(page.line, text))};
    case 'home':
      return searched(page, text, lessons);
    case 'opening':
      return page;
  }
}

const typedLine = (line: TypedLine, text: string): TypedLine => ({
  ...line,
  text,
  problem: fullOf(text),
  isBack: false,
  cycle: null,
});

/** Whether all that was pasted or typed found room is not known by now: that it may not have is said. */
const fullOf = (text: string) =>
  text.length < longestLine
    ? null
    : {complaint: {text: labText.lineFull, values: {most: longestLine}}, at: text.length};
