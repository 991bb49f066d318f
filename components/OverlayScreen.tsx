import type {ReactNode} from 'react';
import {rowOf} from '../src/app/find/palette.ts';
import {helpGroupsOn} from '../src/app/keys/help-groups.ts';
import {framesOf, viewOf} from '../src/app/screen/log-page.ts';
import type {LabPage, Overlay, State, WalkPage} from '../src/app/screen/state.ts';
import type {WireOverlay} from '../src/app/screen/wire-overlay.ts';
import {glossaryOf} from '../src/app/screen/words.ts';
import {entriesOf} from '../src/app/session/overlays.ts';
import type {Session} from '../src/app/session/session.ts';
import type {KeyHint} from '../src/draw/text/key-line.ts';
import type {Viewport} from '../src/draw/text/layout.ts';
import {styled} from '../src/draw/text/spans.ts';
import {screenText} from '../src/messages/screen.ts';
import {typingLine} from './MessageInput.tsx';
import {
  ChallengesScreen,
  FrameScreen,
  GlossaryScreen,
  HelpScreen,
  LadderScreen,
  ManScreen,
  PaletteScreen,
  PlainScreen,
} from './Screens.tsx';
import type {Below} from './WalkScreen.tsx';

/** What is open above a page. */
export function OverlayScreen({
  overlay,
  state,
  session,
  frame,
  keys,
}: {
  state: State;
  frame: Viewport;
  session: Session;
  overlay: Exclude<Overlay, {kind: 'jump'}>;
  keys: readonly KeyHint[];
}): ReactNode {
  const {look} = frame;
  const {page, notice} = state;
  const {taught} = session;
  switch (overlay.kind) {
    case 'help':
      return (
        <HelpScreen
          {...frame}
          groups={helpGroupsOn(page.kind === 'lab' ? 'lab' : 'other')}
          scroll={overlay.scroll}
          keys={keys}
        />
      );
    case 'glossary': {
      const data = glossaryOf(state, overlay, taught);
      const below = overlay.search === null ? null : searchLine(overlay.search, session, frame);
      return <GlossaryScreen {...frame} data={data} keys={keys} below={below} />;
    }
    case 'man':
      return <ManScreen {...frame} call={overlay.call} text={overlay.lines} scroll={overlay.scroll} keys={keys} />;
    case 'palette': {
      const {query, selected} = overlay;
      const data = {rows: entriesOf(state, overlay, taught).map(rowOf), selected, query};
      return <PaletteScreen {...frame} data={data} keys={keys} below={searchLine(query, session, frame)} />;
    }
    case 'ladder':
    case 'frame':
      return page.kind === 'walk' || page.kind === 'lab' ? (
        <WireScreen overlay={overlay} page={page} notice={notice} frame={frame} keys={keys} />
      ) : null;
    case 'challenges': {
      const data = {challenges: taught.challenges, best: state.progress.challenges, selected: overlay.selected};
      return <ChallengesScreen {...frame} data={data} keys={keys} />;
    }
    case 'blank':
      return <PlainScreen {...frame} lines={[]} keys={[]} />;
    case 'confirm': {
      const question = look.say(screenText.resetLesson, {lesson: look.say(overlay.lesson.title)});
      return <PlainScreen {...frame} lines={[[styled(` ${question}`, {bold: true})]]} keys={keys} />;
    }
  }
}

/** Where the learner types what to search for. */
export function searchLine(search: string, session: Session, {look, columns}: Viewport): Below {
  const line = {width: columns, label: look.say(screenText.searchFor), value: search, note: '', problem: []};
  return typingLine(line, {typing: session.typing, ascii: look.ascii});
}

/** The frames of the walk, or one of them. */
function WireScreen({
  overlay,
  page,
  notice,
  frame,
  keys,
}: {
  overlay: WireOverlay;
  page: WalkPage | LabPage;
  notice: string | null;
  frame: Viewport;
  keys: readonly KeyHint[];
}): ReactNode {
  const frames = framesOf(page);
  const read = frames[overlay.selected];
  if (overlay.kind === 'frame' && read) {
    const data = {read, n: overlay.selected + 1, all: frames.length, selected: overlay.field};
    return <FrameScreen {...frame} data={data} keys={keys} />;
  }
  const {selected, numbers} = overlay;
  const data = {view: viewOf(page), frames, isRecorded: page.source === 'recorded', selected, numbers};
  return <LadderScreen {...frame} data={data} notice={notice} keys={keys} />;
}
