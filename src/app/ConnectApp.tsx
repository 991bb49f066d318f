import {useWindowSize} from 'ink';
import {type ReactNode, useSyncExternalStore} from 'react';
import {type ConnectData, ConnectScreen} from '../../components/ConnectScreen.tsx';
import type {KeyHint} from '../../components/key-line.ts';
import {isTooSmall} from '../../components/layout.ts';
import {type Look, lookOf} from '../../components/look.ts';
import {typingLine} from '../../components/MessageInput.tsx';
import {TooSmallScreen} from '../../components/Screens.tsx';
import type {Below} from '../../components/WalkScreen.tsx';
import {connectScreenText} from '../messages/connect.ts';
import {errnoWords} from '../messages/errnos.ts';
import {screenText} from '../messages/screen.ts';
import {endpointText} from '../model/address.ts';
import {connectBindings, connectIntentOf} from './connect-keymap.ts';
import type {ConnectionLook, ConnectSession, ConnectState} from './connect-session.ts';
import {Keys} from './Keys.tsx';
import type {Keyboard} from './keyboard.ts';
import type {ConnectWish} from './serve-wish.ts';

interface Props {
  readonly session: ConnectSession;
  readonly wish: ConnectWish;
  readonly ascii: boolean;
}

/** Draws a connection, and hands keys to the session. It keeps nothing itself. */
export function ConnectApp({session, wish, ascii}: Props): ReactNode {
  const state = useSyncExternalStore(session.store.subscribe, session.store.get);
  const {columns, rows} = useWindowSize();
  const look = lookOf(state.language, ascii);
  return (
    <>
      <Keys keyboard={keyboardOf(session)} />
      {isTooSmall(columns, rows) ? (
        <TooSmallScreen columns={columns} rows={rows} />
      ) : (
        <ConnectScreen
          {...{look, columns, rows}}
          data={dataOf(state, session, wish, look)}
          notice={state.notice && look.say(state.notice)}
          keys={hints}
          below={lineBelow(state.line, session, wish, look, columns)}
        />
      )}
    </>
  );
}

const keyboardOf = (session: ConnectSession): Keyboard => ({
  typing: session.typing,
  isTyping: () => true,
  means: key => connectIntentOf(key) !== null,
  press: key => {
    const intent = connectIntentOf(key);
    if (intent === 'suspend') return true;
    if (intent) session.handle(intent);
    return false;
  },
});

function dataOf({look: seen}: ConnectState, session: ConnectSession, wish: ConnectWish, look: Look): ConnectData {
  const {local, remote, fd} = session.connection;
  const own = local ? endpointText(local) : '';
  const arrow = look.ascii ? '->' : '→';
  return {
    target: wish.word,
    ends: local && remote ? `fd ${fd}  ${own} ${arrow} ${endpointText(remote)}` : null,
    isUnix: wish.target.kind === 'unix',
    isOver: seen.isOver,
    ...session.ends,
    counts: seen,
    news: newsOf(seen, look),
    said: seen.said,
  };
}

function newsOf({isPaused, hasEnded, isEnded, isOver, errno}: ConnectionLook, look: Look): string[] {
  if (isOver && errno !== null) {
    return [look.say(connectScreenText.failed, {why: errnoWords(errno, look.language)})];
  }
  if (isOver) return [look.say(connectScreenText.isOver)];
  return [
    ...(isPaused ? [look.say(connectScreenText.paused)] : []),
    ...(hasEnded ? [look.say(connectScreenText.hasEnded)] : []),
    ...(isEnded ? [look.say(connectScreenText.isEnded)] : []),
  ];
}

function lineBelow(line: string, session: ConnectSession, {isRaw}: ConnectWish, look: Look, columns: number): Below {
  const sized = {
    width: columns,
    label: look.say(isRaw ? connectScreenText.raw : connectScreenText.line),
    value: line,
    note: look.say(screenText.messageBytes, {bytes: Buffer.byteLength(line) + (isRaw ? 0 : 1)}),
    problem: [],
  };
  return typingLine(sized, {typing: session.typing, ascii: look.ascii});
}

/** The last line is drawn from the table of keys. */
const hints: readonly KeyHint[] = connectBindings.flatMap(({keys: [key], label, rank}) =>
  key === undefined || rank === undefined ? [] : [{key, label, rank}],
);
