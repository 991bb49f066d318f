import {useWindowSize} from 'ink';
import {type ReactNode, useSyncExternalStore} from 'react';
import {suggestedLesson} from '../src/app/keep/progress.ts';
import type {Keyboard} from '../src/app/keys/keyboard.ts';
import {intentOf} from '../src/app/keys/keymap.ts';
import {homeData} from '../src/app/screen/home-data.ts';
import {keyContextOf} from '../src/app/screen/key-context.ts';
import {hintsAt} from '../src/app/screen/key-hints.ts';
import {framesOf, isAtEdge, isLive, portOf} from '../src/app/screen/log-page.ts';
import {freshPage} from '../src/app/screen/moves.ts';
import {messageOf, type OpeningPage, type State, shownStep, speeds, type WalkPage} from '../src/app/screen/state.ts';
import {typedIn} from '../src/app/screen/typing.ts';
import {textDataOf} from '../src/app/screen/words.ts';
import type {Session} from '../src/app/session/session.ts';
import type {HeaderData} from '../src/draw/text/header.ts';
import type {KeyHint} from '../src/draw/text/key-line.ts';
import {isTooSmall, type Viewport} from '../src/draw/text/layout.ts';
import {lookOf} from '../src/draw/text/look.ts';
import {problemLines} from '../src/draw/text/notice.ts';
import {type Line, styled} from '../src/draw/text/spans.ts';
import {screenText} from '../src/messages/screen.ts';
import type {Lesson} from '../src/model/lesson.ts';
import {HomeScreen} from './HomeScreen.tsx';
import {Keys} from './Keys.tsx';
import {LabPageScreen} from './LabPageScreen.tsx';
import {Lines} from './Lines.tsx';
import {typingLine} from './MessageInput.tsx';
import {OverlayScreen, searchLine} from './OverlayScreen.tsx';
import {TooSmallScreen} from './Screens.tsx';
import {type Below, WalkScreen} from './WalkScreen.tsx';

interface Props {
  readonly session: Session;
  readonly ascii: boolean;
}

/** Draws the state, and hands keys to the session. It keeps nothing itself. */
export function App({session, ascii}: Props): ReactNode {
  const state = useSyncExternalStore(session.store.subscribe, session.store.get);
  const {columns, rows} = useWindowSize();
  const isSmall = isTooSmall(columns, rows);
  const frame = {look: lookOf(state.language, ascii), columns, rows};
  return (
    <>
      <Keys keyboard={keyboardOf(session, isSmall)} />
      {isSmall ? (
        <TooSmallScreen columns={columns} rows={rows} />
      ) : (
        <Page state={state} session={session} frame={frame} />
      )}
    </>
  );
}

/** What keys are for, as the state is when they come. */
function keyboardOf(session: Session, isSmall: boolean): Keyboard {
  const contextNow = () => (isSmall ? 'too-small' : keyContextOf(session.store.get()));
  return {
    typing: session.typing,
    isTyping: () => typedIn(session.store.get()) !== null,
    means: key => contextNow() === 'opening' || intentOf(key, contextNow()) !== null,
    press: key => {
      const intent = intentOf(key, contextNow());
      if (intent?.kind === 'suspend') return true;
      if (intent) session.handle(intent);
      else session.pressEarly(key);
      return false;
    },
    point: meaning => session.point(meaning),
  };
}

interface PageProps {
  readonly state: State;
  readonly session: Session;
  readonly frame: Viewport;
}

function Page({state, session, frame}: PageProps): ReactNode {
  const {page, overlay, notice} = state;
  const isDone = suggestedLesson(session.taught.lessons, state.progress) === null;
  const keys = hintsAt(keyContextOf(state), page.kind === 'walk' || page.kind === 'lab' ? page : null, isDone);
  if (overlay && overlay.kind !== 'jump')
    return <OverlayScreen overlay={overlay} state={state} session={session} frame={frame} keys={keys} />;
  switch (page.kind) {
    case 'home': {
      const below = page.search === null ? null : searchLine(page.search, session, frame);
      return (
        <HomeScreen
          {...frame}
          data={homeData(state.progress, page, session.taught)}
          notice={notice}
          keys={keys}
          below={below}
        />
      );
    }
    case 'lab':
      return <LabPageScreen state={state} page={page} session={session} frame={frame} keys={keys} />;
    case 'opening':
      return <OpeningScreen state={state} page={page} session={session} frame={frame} keys={keys} />;
    case 'walk':
      return <WalkPageScreen state={state} page={page} session={session} frame={frame} keys={keys} />;
  }
}

/** The lesson's first frame, while its processes start: what it is about can be read already. */
function OpeningScreen({
  page,
  state,
  frame,
  ...rest
}: PageProps & {page: OpeningPage; keys: readonly KeyHint[]}): ReactNode {
  const first = {...freshPage(page.lesson), isBusy: true, review: page.review};
  const starting = {...state, notice: frame.look.say(screenText.starting)};
  return <WalkPageScreen {...rest} state={starting} page={first} frame={frame} />;
}

function WalkPageScreen({
  state,
  page,
  session,
  frame,
  keys,
}: PageProps & {page: WalkPage; keys: readonly KeyHint[]}): ReactNode {
  const {lessons} = session.taught;
  const text = textDataOf(page, session.taught, state.progress);
  const {view, following} = text;
  // The order of its calls is what the learner is asked.
  const isNextKnown = following && !following.arrange && !page.isBusy && !text.ended;
  const isAsked = page.phase === 'asking';
  const next = isNextKnown ? {step: following, message: messageOf(page), port: portOf(page), isAsked} : null;
  return (
    <WalkScreen
      {...frame}
      header={headerOf(page, lessons)}
      text={text}
      next={next}
      message={messageOf(page)}
      pane={page.pane}
      lane={page.lane}
      now={isLive(page) ? Math.max(page.now, view.at) : view.at}
      frames={framesOf(page)}
      flight={isLive(page) ? page.flight : null}
      scroll={page.scroll}
      notice={state.notice}
      keys={keys}
      below={belowText(state, page, session, frame)}
    />
  );
}

function headerOf(page: WalkPage, lessons: readonly Lesson[]): HeaderData {
  const {lesson} = page;
  return {
    label: labelOf(page, lessons),
    title: lesson.title,
    mode: modeOf(page),
    step: lesson.steps.findIndex(step => step.id === shownStep(page)?.id) + 1,
    steps: lesson.steps.length,
    speed: page.isPlaying ? (speeds[page.speed] ?? null) : null,
  };
}

/** Nothing is live before there are processes. */
function modeOf(page: WalkPage): HeaderData['mode'] {
  if (page.source === 'recorded') return 'recorded';
  if (page.performed === null) return 'opening';
  return isAtEdge(page) ? 'live' : 'replay';
}

/** Which lesson it is: its place and id, or that it is a question of the review. */
const labelOf = ({lesson, review}: WalkPage, lessons: readonly Lesson[]): HeaderData['label'] => {
  if (!review) return `${lessons.indexOf(lessons.find(({id}) => id === lesson.id) ?? lesson) + 1} ${lesson.id}`;
  return {text: screenText.reviewing, id: review.asked.lesson.id};
};

/** What stands below the text: a line of typing. */
function belowText({overlay}: State, page: WalkPage, session: Session, {look, columns}: Viewport): Below | null {
  if (overlay?.kind === 'jump') {
    const question: Line = [
      styled(` ${look.say(screenText.jumpTo, {n: page.lesson.steps.length})} `, {bold: true}),
      styled(overlay.digits, {bold: true}),
      styled(' ', {inverse: true}),
    ];
    return {node: <Lines height={1} lines={[question]} />, rows: 1};
  }
  if (page.phase !== 'writing') return null;
  const problem = problemLines(page.messageProblem, look, columns);
  const line = {
    width: columns,
    label: look.say(screenText.message),
    value: messageOf(page),
    note: look.say(screenText.messageBytes, {bytes: Buffer.byteLength(messageOf(page))}),
    problem,
  };
  return typingLine(line, {typing: session.typing, ascii: look.ascii});
}
