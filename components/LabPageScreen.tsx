import type {ReactNode} from 'react';
import stringWidth from 'string-width';
import {lineHelp} from '../src/app/line/line-help.ts';
import {labLesson, stepOf} from '../src/app/run/lab-lesson.ts';
import {adviceAt, isUntouched} from '../src/app/screen/lab-advice.ts';
import {
  changesOf,
  framesOf,
  isAtEdge,
  isLive,
  newestCall,
  portOf,
  shownAt,
  stopsOf,
  viewOf,
} from '../src/app/screen/log-page.ts';
import type {LabPage, State} from '../src/app/screen/state.ts';
import type {Session} from '../src/app/session/session.ts';
import type {PanelData} from '../src/draw/lesson/panel.ts';
import type {LabTextData} from '../src/draw/page/lab-text.ts';
import type {HeaderData} from '../src/draw/text/header.ts';
import type {KeyHint} from '../src/draw/text/key-line.ts';
import type {Viewport} from '../src/draw/text/layout.ts';
import type {Look} from '../src/draw/text/look.ts';
import {noticeLines, problemLines} from '../src/draw/text/notice.ts';
import {fitLine, type Line, styled} from '../src/draw/text/spans.ts';
import {typedRows} from '../src/draw/text/typed-rows.ts';
import {wrap} from '../src/draw/text/wrap.ts';
import {labText} from '../src/messages/lab.ts';
import type {CallLine, View} from '../src/timeline/view.ts';
import {LabScreen} from './LabScreen.tsx';
import {isOnOneRow, typingLine} from './MessageInput.tsx';
import type {Below} from './WalkScreen.tsx';

/** Free play: what there is to see, and the line of typing. */
export function LabPageScreen({
  state,
  page,
  session,
  frame,
  keys,
}: {
  state: State;
  page: LabPage;
  session: Session;
  frame: Viewport;
  keys: readonly KeyHint[];
}): ReactNode {
  const view = {...viewOf(page), changes: changesOf(page)};
  const newest = newestCall(page) ?? null;
  return (
    <LabScreen
      {...frame}
      header={headerOf(page)}
      text={textOf(page, view, newest)}
      panel={panelOf(page, view, newest)}
      lane={page.lane}
      now={isLive(page) ? Math.max(page.now, view.at) : view.at}
      flight={isLive(page) ? page.flight : null}
      notice={state.notice}
      keys={keys}
      prompt={page.phase === 'typing' ? promptOf(page, session, frame) : null}
      help={page.phase === 'typing' && !page.line.problem ? helpLines(page, session, frame) : []}
    />
  );
}

const headerOf = (page: LabPage): HeaderData => ({
  label: page.from ? `${labLesson.id} / ${page.from.lesson.id}` : labLesson.id,
  title: labText.title,
  mode: modeOf(page),
  step: shownAt(page),
  steps: stopsOf(page).length - 1,
  speed: null,
});

function modeOf(page: LabPage): HeaderData['mode'] {
  if (page.source === 'recorded') return 'recorded';
  if (!isAtEdge(page)) return 'replay';
  return page.scene ? 'live' : 'opening';
}

function textOf(page: LabPage, view: View, newest: CallLine | null): LabTextData {
  const {said, challenge, doing} = page;
  const port = portOf(page);
  const isThere = isAtEdge(page);
  return {
    ...{view, port, newest, doing},
    // What brought about what was asked for is not to be undone.
    advice: challenge?.isSolved ? null : adviceAt(page),
    said: isThere ? said : null,
    challenge: isThere ? challenge : null,
    isLooking: page.phase === 'looking' && page.source === 'live',
    isUntouched: isUntouched(page) && page.source === 'live',
  };
}

function panelOf(page: LabPage, view: View, newest: CallLine | null): PanelData {
  const step = newest && stepOf(newest);
  return {
    view,
    lesson: labLesson,
    step,
    port: portOf(page),
    frames: framesOf(page),
    isRecorded: page.source === 'recorded',
    pane: page.pane,
    next: null,
    following: null,
    isMaking: false,
    flight: isLive(page) ? page.flight : null,
    now: isLive(page) ? Math.max(page.now, view.at) : view.at,
  };
}

function promptOf(page: LabPage, session: Session, {look, columns}: Viewport): Below {
  const {line, scene} = page;
  // The word as it is typed, in either language.
  const label = `${scene?.actor ?? 'server'}>`;
  const written = {width: columns, label, value: line.text, note: ''};
  const problem = problemOf(page, isOnOneRow(written) ? stringWidth(label) : null, look, columns);
  const input = {...written, problem};
  return typingLine({...input, placed: line.placed}, {typing: session.typing, ascii: look.ascii});
}

/** What is wrong with a line, under a caret at the place that is; without one where the line takes several rows (`indent` is null). */
function problemOf({line: {text, problem}}: LabPage, indent: number | null, look: Look, columns: number): Line[] {
  if (!problem) return [];
  const {complaint, at} = problem;
  const why = look.say(complaint.text, complaint.values);
  if (indent === null) return problemLines(why, look, columns);
  const {column} = typedRows(text, at, columns, look.ascii).caret;
  const caret = ' '.repeat(Math.min(columns - 2, indent + 2 + column));
  return [[styled(`${caret}^`, {bold: true})], ...noticeLines(why, look, columns)];
}

/** The form of the call that is being written, what the word at its end is, and what Tab offers. */
function helpLines({line, scene}: LabPage, {taught}: Session, {look, columns}: Viewport): Line[] {
  if (!scene || line.text.trim() === '') return [];
  const {form, about, words} = lineHelp(
    line.text,
    line.cycle,
    scene,
    taught.challenges.map(({id}) => id),
  );
  const shown = words.length > 0 ? look.say(labText.candidates, {words: words.join('  ')}) : null;
  return [
    ...(form === null ? [] : [[styled(` ${form}`, {bold: true})]]),
    ...(about === null ? [] : wrap(look.say(about), columns - 2).map(text => [styled(` ${text}`, {})])),
    ...(shown === null ? [] : [[styled(` ${shown}`, {dim: true})]]),
  ].map(one => fitLine(one, columns));
}
