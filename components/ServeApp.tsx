import {useWindowSize} from 'ink';
import {type ReactNode, useSyncExternalStore} from 'react';
import type {Keyboard} from '../src/app/keys/keyboard.ts';
import {type ServePlaceName, serveBindings, serveIntentOf} from '../src/app/serve/serve-keymap.ts';
import {limitWords} from '../src/app/serve/serve-limits.ts';
import {endText, eventText} from '../src/app/serve/serve-log.ts';
import {commandFor, targetFor, urlFor} from '../src/app/serve/serve-place.ts';
import {
  type EchoProcess,
  keyContextOf,
  rowOf,
  type ServeSession,
  type ServeState,
} from '../src/app/serve/serve-session.ts';
import type {HelpGroup} from '../src/draw/page/help.ts';
import type {ClientData} from '../src/draw/serve/serve-client.ts';
import type {KeyHint} from '../src/draw/text/key-line.ts';
import {isTooSmall} from '../src/draw/text/layout.ts';
import {type Look, lookOf} from '../src/draw/text/look.ts';
import {screenText} from '../src/messages/screen.ts';
import {servePlaceText, serveScreenText} from '../src/messages/serve-screen.ts';
import {endpointText} from '../src/model/address.ts';
import type {ServeLimits, ServeLook, ServePlace} from '../src/model/serve.ts';
import {Keys} from './Keys.tsx';
import {typingLine} from './MessageInput.tsx';
import {HelpScreen, PlainScreen, TooSmallScreen} from './Screens.tsx';
import {type ServeData, ServeScreen} from './ServeScreen.tsx';
import type {Below} from './WalkScreen.tsx';

interface Props {
  readonly session: ServeSession;
  readonly server: EchoProcess;
  readonly limits: ServeLimits;
  readonly ascii: boolean;
}

/** Draws what is seen of the server, and hands keys to the session. It keeps nothing itself. */
export function ServeApp(props: Props): ReactNode {
  const {columns, rows} = useWindowSize();
  return (
    <>
      <Keys keyboard={keyboardOf(props.session, isTooSmall(columns, rows))} />
      <Page {...props} columns={columns} rows={rows} />
    </>
  );
}

/** What keys are for, as the state is when they come. */
function keyboardOf(session: ServeSession, isSmall: boolean): Keyboard {
  const intentNow = (key: string) => serveIntentOf(key, isSmall ? 'too-small' : keyContextOf(session.store.get()));
  return {
    typing: session.typing,
    isTyping: () => session.store.get().line !== null,
    means: key => intentNow(key) !== null,
    press: key => {
      const intent = intentNow(key);
      if (intent === 'suspend') return true;
      if (intent) session.handle(intent);
      return false;
    },
  };
}

function Page({session, server, limits, ascii, columns, rows}: Props & {columns: number; rows: number}): ReactNode {
  const state = useSyncExternalStore(session.store.subscribe, session.store.get);
  if (isTooSmall(columns, rows)) return <TooSmallScreen columns={columns} rows={rows} />;
  const look = lookOf(state.language, ascii);
  const frame = {look, columns, rows};
  const keys = hintsAt(keyContextOf(state));
  if (state.help !== null) return <HelpScreen {...frame} groups={helpGroups} scroll={state.help} keys={keys} />;
  if (!state.look)
    return <PlainScreen {...frame} lines={[[{text: ` ${look.say(screenText.starting)}`}]]} keys={keys} />;
  return (
    <ServeScreen
      {...frame}
      data={dataOf(state, state.look, server, limits, look)}
      notice={state.notice && look.say(state.notice)}
      keys={keys}
      below={belowText(state.line, session, look, columns)}
    />
  );
}

function dataOf(state: ServeState, seen: ServeLook, server: EchoProcess, limits: ServeLimits, look: Look): ServeData {
  const {kernel, frames, isOpen} = state;
  const {place, pid} = server;
  const style = {language: state.language, ascii: look.ascii, isUdp: place.kind === 'udp'};
  return {
    place: place.kind === 'unix' ? place.path : endpointText(place),
    kind: place.kind,
    pid,
    totals: seen.totals,
    at: seen.at,
    listener: kernel.listener,
    drops: kernel.drops,
    rows: seen.page.clients.map((client, i) => ({
      client,
      kernel: rowOf(client, kernel.ofServer),
      isShared: place.kind === 'udp',
      isSelected: seen.page.top + i === seen.page.at,
    })),
    opened: isOpen ? openedOf() : null,
    events: seen.events.map(event => eventText(event, style)),
    ways: waysTo(place, look),
    limits: limitWords(limits, state.language),
  };

  function openedOf(): ClientData | 'unknown' {
    if (!seen.detail) return 'unknown';
    const {client} = seen.detail;
    return {
      kind: place.kind,
      detail: seen.detail,
      serverEnd: place.kind === 'udp' ? kernel.listener : rowOf(client, kernel.ofServer),
      clientEnd: rowOf(client, kernel.ofClient),
      over: client.until === null || client.end === null ? null : endText(client.end, client.errno, state.language),
      frames: frames ?? {kind: 'starting'},
      at: seen.at,
    };
  }
}

/** How to connect, and what for. */
function waysTo(place: ServePlace, look: Look): ServeData['ways'] {
  const url = urlFor(place);
  return [
    {command: commandFor(place), what: look.say(serveScreenText.netcat)},
    ...(place.kind === 'udp'
      ? []
      : [{command: `sockwalk connect ${targetFor(place)}`, what: look.say(serveScreenText.connect)}]),
    ...(url === null ? [] : [{command: `curl ${url}`, what: look.say(serveScreenText.curl)}]),
    ...(url === null ? [] : [{command: url, what: look.say(serveScreenText.browser)}]),
  ];
}

/** The line that is written to a client. */
function belowText(line: string | null, session: ServeSession, look: Look, columns: number): Below | null {
  if (line === null) return null;
  const sized = {
    width: columns,
    label: look.say(serveScreenText.send),
    value: line,
    note: look.say(screenText.messageBytes, {bytes: Buffer.byteLength(line) + 1}),
    problem: [],
  };
  return typingLine(sized, {typing: session.typing, ascii: look.ascii});
}

const hintsAt = (place: ServePlaceName): KeyHint[] =>
  serveBindings
    .filter(({places}) => places.includes(place))
    .flatMap(({keys: [key], label, rank}) =>
      key === undefined || rank === undefined ? [] : [{key: key === '↑' ? '↑↓' : key, label, rank}],
    );

const group = (title: HelpGroup['title'], has: (places: readonly ServePlaceName[]) => boolean): HelpGroup => ({
  title,
  rows: serveBindings.filter(({places}) => has(places)),
});

/** The help, drawn from the same table as everything else. */
const helpGroups: readonly HelpGroup[] = [
  group(servePlaceText.list, places => places.length === 1 && places[0] === 'list'),
  group(servePlaceText.client, places => places[0] === 'client'),
  group(servePlaceText.anywhere, places => places[0] === 'list' && places.length > 1),
  group(servePlaceText.writing, places => places[0] === 'writing'),
];
