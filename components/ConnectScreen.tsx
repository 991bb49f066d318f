import {Box} from 'ink';
import type {ReactNode} from 'react';
import {kernelEndLine} from '../src/draw/serve/kernel-end.ts';
import type {KernelRow} from '../src/draw/serve/serve-rows.ts';
import {byteLines} from '../src/draw/text/byte-lines.ts';
import {type KeyHint, keyLine} from '../src/draw/text/key-line.ts';
import type {Look} from '../src/draw/text/look.ts';
import {noticeLines} from '../src/draw/text/notice.ts';
import {fitLine, type Line, plain, spread, styled} from '../src/draw/text/spans.ts';
import {connectScreenText} from '../src/messages/connect.ts';
import {serveScreenText} from '../src/messages/serve-screen.ts';
import {Lines} from './Lines.tsx';
import type {Below} from './WalkScreen.tsx';

/** Bytes that went or came in one stretch; `data` holds the first of them. */
export interface SaidData {
  readonly direction: 'sent' | 'received';
  readonly at: number;
  readonly bytes: number;
  readonly data: Uint8Array;
}

export interface ConnectData {
  readonly target: string;
  /** Both ends as they are written, and the descriptor; null where there are none to show. */
  readonly ends: string | null;
  readonly isUnix: boolean;
  readonly isOver: boolean;
  readonly ownEnd: KernelRow | null;
  readonly otherEnd: KernelRow | null;
  readonly counts: {readonly bytesIn: number; readonly bytesOut: number; readonly unsent: number};
  /** What is special about the connection, in words. */
  readonly news: readonly string[];
  readonly said: readonly SaidData[];
}

interface Props {
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
  readonly data: ConnectData;
  readonly notice: string | null;
  readonly keys: readonly KeyHint[];
  readonly below: Below;
}

/**
 * ```
 *  sockwalk connect  127.0.0.1:8080                                       ● connected  en
 *  this end        ESTABLISHED  Recv-Q 0  Send-Q 0  connected
 *  other end       ESTABLISHED  Recv-Q 0  Send-Q 0  connected
 *  19 bytes in  6 out  0 waiting to be sent
 *  ──────────────────────────────────────────────────────────────────────────────────────
 *  ← received 13 bytes  0.1 s
 *  68 65 6c 6c 6f 2c 20 77 6f 72 6c 64 21           hello, world!
 *  Line to send: hello█
 *  Enter send  Ctrl+D half-close  …
 * ```
 */
export function ConnectScreen({look, columns, rows, data, notice, keys, below}: Props): ReactNode {
  const top = topLines(data, look, columns);
  const said = noticeLines(notice, look, columns);
  const room = Math.max(1, rows - 2 - top.length - said.length - below.rows);
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflowY="hidden">
      <Lines height={top.length} lines={top} />
      <Lines height={room} lines={talkLines(data, look, room)} />
      <Lines height={said.length} lines={said} />
      {below.node}
      <Lines height={1} lines={[keyLine(keys, look, columns)]} />
    </Box>
  );
}

function topLines(data: ConnectData, look: Look, width: number): Line[] {
  const {target, ends, isUnix, isOver, ownEnd, otherEnd, counts, news} = data;
  const missing = look.say(isOver ? serveScreenText.notListed : serveScreenText.elsewhere);
  const state = isOver
    ? styled(look.say(connectScreenText.over), {bold: true})
    : styled(`${look.glyphs.live} ${look.say(connectScreenText.live)}`, {bold: true});
  const rows = [
    kernelEndLine(look.say(connectScreenText.ownEnd), ownEnd, look.say(serveScreenText.notListed), look, width),
    kernelEndLine(look.say(connectScreenText.otherEnd), otherEnd, missing, look, width),
  ];
  return [
    spread(
      [
        styled(' sockwalk connect', {bold: true}),
        styled(`  ${target}`, {bold: true}),
        styled(ends === null ? '' : `  ${ends}`, {dim: true}),
      ],
      [state, {text: `  ${look.language} `}],
      width,
    ),
    ...(isUnix ? [] : rows),
    plain(` ${look.say(connectScreenText.counts, counts)}`),
    ...news.flatMap(text => noticeLines(text, look, width)),
    [styled(look.glyphs.horizontal.repeat(width), {dim: true})],
  ];
}

/** Lines of bytes of one stretch. */
const mostOfOne = 6;

/** What was said, the newest at the end; as much of it as there is room for. */
function talkLines({said}: ConnectData, look: Look, room: number): Line[] {
  if (said.length === 0) return [[styled(` ${look.say(connectScreenText.nothing)}`, {dim: true})]];
  const lines: Line[] = [];
  for (const one of said.toReversed()) {
    if (lines.length >= room) break;
    lines.unshift(...saidLines(one, look));
  }
  return lines.slice(-room);
}

function saidLines({direction, at, bytes, data}: SaidData, look: Look): Line[] {
  const isSent = direction === 'sent';
  const arrow = isSent ? look.glyphs.right : look.glyphs.left;
  const title = look.say(connectScreenText[direction], {n: bytes});
  const shown = data.subarray(0, mostOfOne * 16);
  const lines = byteLines(shown, look, mostOfOne);
  return [
    fitLine(
      [
        styled(` ${arrow} ${title}`, {bold: true, tone: isSent ? 'client' : 'server'}),
        styled(`  ${at.toFixed(1)} s`, {dim: true}),
      ],
      60,
    ),
    ...lines,
    ...(bytes > shown.length ? [[styled(' ...', {dim: true})]] : []),
  ];
}
