import {useWindowSize} from 'ink';
import {type ReactNode, useSyncExternalStore} from 'react';
import type {Keyboard} from '../src/app/keys/keyboard.ts';
import {connectBindings, connectIntentOf} from '../src/app/serve/connect-keymap.ts';
import type {ConnectionLook, ConnectSession, ConnectState} from '../src/app/serve/connect-session.ts';
import type {ConnectWish} from '../src/app/serve/serve-options.ts';
import type {KeyHint} from '../src/draw/text/key-line.ts';
import {isTooSmall} from '../src/draw/text/layout.ts';
import {type Look, lookOf} from '../src/draw/text/look.ts';
import {connectScreenText} from '../src/messages/connect.ts';
import {errnoWords} from '../src/messages/errno-words.ts';
import {screenText} from '../src/messages/screen.ts';
import {endpointText} from '../src/model/address.ts';
import {type ConnectData, ConnectScreen} from './ConnectScreen.tsx';
import {Keys} from './Keys.tsx';
import {typingLine} from './MessageInput.tsx';
import {TooSmallScreen} from './Screens.tsx';
import type {Below} from './WalkScreen.tsx';

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
