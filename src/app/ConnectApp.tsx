import {useApp, useInput, useWindowSize} from 'ink';
import {type ReactNode, useSyncExternalStore} from 'react';
import {type ConnectData, ConnectScreen} from '../../components/ConnectScreen.tsx';
import type {KeyHint} from '../../components/key-line.ts';
import {isTooSmall} from '../../components/layout.ts';
import {type Look, lookOf} from '../../components/look.ts';
import {MessageInput, rowsOfMessageInput} from '../../components/MessageInput.tsx';
import {TooSmallScreen} from '../../components/Screens.tsx';
import type {Below} from '../../components/WalkScreen.tsx';
import type {ConnectionLook} from '../lab/connection.ts';
import {keyOf} from '../lab/connection-rows.ts';
import {connectScreenText} from '../messages/connect.ts';
import {errnoWords} from '../messages/errnos.ts';
import {screenText} from '../messages/screen.ts';
import {endpointText} from '../model/address.ts';
import {connectBindings, connectIntentOf} from './connect-keymap.ts';
import type {ConnectSession, ConnectState} from './connect-session.ts';
import {keysOf} from './keymap.ts';
import type {ConnectWish} from './serve-wish.ts';
import {stopJob} from './stage.tsx';

interface Props {
  readonly session: ConnectSession;
  readonly wish: ConnectWish;
  readonly ascii: boolean;
}

/** Draws a connection, and hands keys to the session. It keeps nothing itself. */
export function ConnectApp({session, wish, ascii}: Props): ReactNode {
  const state = useSyncExternalStore(session.store.subscribe, session.store.get);
  const {columns, rows} = useWindowSize();
  if (isTooSmall(columns, rows)) {
    return (
      <>
        <Keys session={session} />
        <TooSmallScreen columns={columns} rows={rows} />
      </>
    );
  }
  const look = lookOf(state.language, ascii);
  return (
    <>
      <Keys session={session} />
      <ConnectScreen
        {...{look, columns, rows}}
        data={dataOf(state, session, wish, look)}
        notice={state.notice && look.say(state.notice)}
        keys={hints}
        below={lineBelow(state.line, session, wish, look, columns)}
      />
    </>
  );
}

/** Stands before the line of typing, so that its listener hears each stretch of input before that one does. */
function Keys({session}: Pick<Props, 'session'>): ReactNode {
  const {suspendTerminal} = useApp();
  useInput((input, key) => {
    const names = keysOf(input, key);
    const isMixed = names.length > 1 && names.includes('Enter');
    session.hear(key.ctrl || key.meta || isMixed);
    for (const [i, name] of names.entries()) {
      const intent = connectIntentOf(name);
      if (intent === 'suspend') void suspendTerminal(stopJob);
      else if (intent) session.handle(intent);
      else if (isMixed) session.type([...input][i] ?? '');
    }
  });
  return null;
}

function dataOf(
  {look: seen, kernel}: ConnectState,
  session: ConnectSession,
  wish: ConnectWish,
  look: Look,
): ConnectData {
  const {local, remote, fd} = session.connection;
  const own = local ? endpointText(local) : '';
  const arrow = look.ascii ? '->' : '→';
  return {
    target: wish.word,
    ends: local && remote ? `fd ${fd}  ${own} ${arrow} ${endpointText(remote)}` : null,
    isUnix: wish.target.kind === 'unix',
    isOver: seen.isOver,
    ownEnd: (local && kernel.ofClient.get(keyOf(local))) ?? null,
    otherEnd: (local && kernel.ofServer.get(keyOf(local))) ?? null,
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
  const node = (
    <MessageInput
      {...sized}
      ascii={look.ascii}
      onEdit={(drawn, next) => session.write(drawn, next)}
      onPaste={text => session.paste(text)}
    />
  );
  return {node, rows: rowsOfMessageInput(sized)};
}

/** The last line is drawn from the table of keys. */
const hints: readonly KeyHint[] = connectBindings.flatMap(({keys: [key], label, rank}) =>
  key === undefined || rank === undefined ? [] : [{key, label, rank}],
);
