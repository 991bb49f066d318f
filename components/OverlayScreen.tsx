import type {ReactNode} from 'react';
import {helpGroupsOn} from '../src/app/keys/help-groups.ts';
import {framesOf, viewOf} from '../src/app/screen/log-page.ts';
import type {LabPage, Overlay, State, WalkPage} from '../src/app/screen/state.ts';
import type {WireOverlay} from '../src/app/screen/wire-overlay.ts';
import {glossaryOf} from '../src/app/screen/words.ts';
import type {KeyHint} from '../src/draw/text/key-line.ts';
import type {Viewport} from '../src/draw/text/layout.ts';
import {styled} from '../src/draw/text/spans.ts';
import {screenText} from '../src/messages/screen.ts';
import type {Taught} from '../src/model/course.ts';
import {ChallengesScreen, FrameScreen, GlossaryScreen, HelpScreen, LadderScreen, PlainScreen} from './Screens.tsx';

/** What is open above a page. */
export function OverlayScreen({
  overlay,
  state,
  taught,
  frame,
  keys,
}: {
  state: State;
  frame: Viewport;
  taught: Taught;
  overlay: Exclude<Overlay, {kind: 'jump'}>;
  keys: readonly KeyHint[];
}): ReactNode {
  const {look} = frame;
  const {page, notice} = state;
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
      const data = glossaryOf(state, overlay.selected, taught, look);
      return <GlossaryScreen {...frame} data={data} keys={keys} />;
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
