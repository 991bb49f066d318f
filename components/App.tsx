import {useWindowSize} from 'ink';
import {type ReactNode, useSyncExternalStore} from 'react';
import {homeData} from '../src/app/screen/home-data.ts';
import {hintsAt} from '../src/app/screen/key-hints.ts';
import type {Keyboard} from '../src/app/screen/keyboard.ts';
import {intentOf} from '../src/app/screen/keymap.ts';
import {freshPage} from '../src/app/screen/moves.ts';
import {placeOf} from '../src/app/screen/place.ts';
import type {Session} from '../src/app/screen/session.ts';
import {
  framesOf,
  isAtEdge,
  isLive,
  type OpeningPage,
  type State,
  speeds,
  type WalkPage,
} from '../src/app/screen/state.ts';
import {typedIn} from '../src/app/screen/typing.ts';
import {textDataOf} from '../src/app/screen/words.ts';
import type {HeaderData} from '../src/draw/text/header.ts';
import type {KeyHint} from '../src/draw/text/key-line.ts';
import {isTooSmall, type Viewport} from '../src/draw/text/layout.ts';
import {lookOf} from '../src/draw/text/look.ts';
import {noticeLines} from '../src/draw/text/notice.ts';
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
  const placeNow = () => (isSmall ? 'too-small' : placeOf(session.store.get()));
  return {
    typing: session.typing,
    isTyping: () => typedIn(session.store.get()) !== null,
    means: key => placeNow() === 'opening' || intentOf(key, placeNow()) !== null,
    press: key => {
      const intent = intentOf(key, placeNow());
      if (intent?.kind === 'suspend') return true;
      if (intent) session.handle(intent);
      else session.pressEarly(key);
      return false;
    },
  };
}

interface PageProps {
  readonly state: State;
  readonly session: Session;
  readonly frame: Viewport;
}

function Page({state, session, frame}: PageProps): ReactNode {
  const {page, overlay, notice} = state;
  const keys = hintsAt(placeOf(state), page.kind === 'walk' || page.kind === 'lab' ? page : null);
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
  const {glossary, lessons} = session.taught;
  const text = textDataOf(page, glossary);
  const {view, following} = text;
  // The order of its calls is what the learner is asked.
  const isNextKnown = following && !following.arrange && !page.isBusy && !text.ended;
  const next = isNextKnown ? {step: following, message: page.message, port: page.serverPort} : null;
  return (
    <WalkScreen
      {...frame}
      header={headerOf(page, lessons)}
      text={text}
      next={next}
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
    step: lesson.steps.findIndex(step => step.id === page.stops[page.at]?.step) + 1,
    steps: lesson.steps.length,
    speed: page.isPlaying ? (speeds[page.speed] ?? null) : null,
  };
}

/** Nothing is live before there are processes. */
function modeOf(page: WalkPage): HeaderData['mode'] {
  if (page.source === 'recorded') return 'recorded';
  if (!isAtEdge(page)) return page.stops.length === 0 ? 'opening' : 'replay';
  return 'live';
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
      styled(` ${look.say(screenText.jumpTo, {n: page.lesson.steps.length})} `, {color: 'yellow'}),
      styled(overlay.digits, {bold: true}),
      styled(' ', {inverse: true}),
    ];
    return {node: <Lines height={1} lines={[question]} />, rows: 1};
  }
  if (page.phase !== 'writing') return null;
  const problem = noticeLines(page.messageProblem, look, columns, 'red');
  const line = {
    width: columns,
    label: look.say(screenText.message),
    value: page.message,
    note: look.say(screenText.messageBytes, {bytes: Buffer.byteLength(page.message)}),
    problem,
  };
  return typingLine(line, {typing: session.typing, ascii: look.ascii});
}
