import {Box} from 'ink';
import type {ReactNode} from 'react';
import stringWidth from 'string-width';
import {type ClientData, clientLines} from '../src/draw/serve/serve-client.ts';
import {clientRows, type KernelRow, type RowData, sizeText} from '../src/draw/serve/serve-rows.ts';
import {type KeyHint, keyLine} from '../src/draw/text/key-line.ts';
import type {Look} from '../src/draw/text/look.ts';
import {noticeLines} from '../src/draw/text/notice.ts';
import {fitLine, type Line, plain, spread, styled} from '../src/draw/text/spans.ts';
import {wrap} from '../src/draw/text/wrap.ts';
import {serveModeText} from '../src/messages/serve.ts';
import {serveScreenText} from '../src/messages/serve-screen.ts';
import {stateName} from '../src/messages/states.ts';
import type {ServePlace, ServeTotals} from '../src/model/serve.ts';
import {Lines} from './Lines.tsx';
import type {Below} from './WalkScreen.tsx';

export interface ServeData {
  /** Where it listens, as it is written. */
  readonly place: string;
  readonly kind: ServePlace['kind'];
  readonly pid: number;
  readonly totals: ServeTotals;
  readonly at: number;
  readonly listener: KernelRow | null;
  /** Datagrams that its socket never got; null where the kernel does not say. */
  readonly drops: number | null;
  readonly rows: readonly RowData[];
  /** The one that is opened; `unknown` when nothing is kept of it any more. */
  readonly opened: ClientData | 'unknown' | null;
  /** What happened last, in words. */
  readonly events: readonly string[];
  /** How to connect, and what for. */
  readonly ways: readonly {readonly command: string; readonly what: string}[];
  readonly limits: readonly string[];
}

interface Props {
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
  readonly data: ServeData;
  readonly notice: string | null;
  readonly keys: readonly KeyHint[];
  readonly below: Below | null;
}

/** Rows of the list that are not clients: header, totals, head, rule, events, keys. */
const others = 5;
export const eventRows = (rows: number): number => (rows >= 30 ? 8 : 4);
/** How many clients the list shows in a terminal of so many rows, the last of which stays free. */
export const clientRowsIn = (rows: number): number => Math.max(1, rows - 1 - others - eventRows(rows));

/**
 * ```
 *  sockwalk serve  127.0.0.1:8080                                      ● 2 open  echo  en
 *  2 so far  0 turned away  23 bytes in  49 out  accept queue 0  pid 4312
 *      #  client          state       Recv-Q Send-Q    in   out  age newest bytes
 *  >   2  127.0.0.1:43918 ESTABLISHED      0      0     0    13   4s silent
 *      1  127.0.0.1:43916 ESTABLISHED      0      0    23    36  12s hello\n
 *  ───────────────────────────────────────────────────────────────────────────────────
 *  client 2  connected from 127.0.0.1:43918
 *  Enter open  p stop/go on reading  …
 * ```
 */
export function ServeScreen({look, columns, rows, data, notice, keys, below}: Props): ReactNode {
  const said = noticeLines(notice, look, columns);
  const bottom = said.length + (below?.rows ?? 0);
  return (
    <Box flexDirection="column" height={rows - 1} width="100%" overflowY="hidden">
      <Lines height={2} lines={[headLine(data, look, columns), totalsLine(data, look, columns)]} />
      <Lines {...middle(data, look, columns, rows - 4 - bottom)} />
      <Lines height={said.length} lines={said} />
      {below?.node}
      <Lines height={1} lines={[keyLine(keys, look, columns)]} />
    </Box>
  );
}

/** ` sockwalk serve  127.0.0.1:8080            ● 2 open  echo  en` */
function headLine({place, totals, kind}: ServeData, look: Look, width: number): Line {
  const open = look.say(kind === 'udp' ? serveScreenText.known : serveScreenText.open, {open: totals.open});
  return spread(
    [styled(' sockwalk serve', {bold: true}), styled(`  ${place}${kind === 'udp' ? ' (UDP)' : ''}`, {bold: true})],
    [
      styled(`${look.glyphs.live} ${open}`, {bold: true}),
      styled(`  ${look.say(serveModeText[totals.mode])}`, totals.mode === 'echo' ? {} : {bold: true}),
      {text: `  ${look.language} `},
    ],
    width,
  );
}

/** What does not fit is left out whole: half a number is another number. */
function totalsLine({totals, listener, drops, pid, kind}: ServeData, look: Look, width: number): Line {
  const {all, turnedAway, bytesIn, bytesOut, unanswered} = totals;
  const parts = [
    look.say(serveScreenText.soFar, {all}),
    ...(kind === 'udp' ? [] : [look.say(serveScreenText.turnedAway, {turnedAway})]),
    look.say(serveScreenText.bytes, {bytesIn: sizeText(bytesIn), bytesOut: sizeText(bytesOut)}),
    ...(listener ? [listenerText(listener, drops, look)] : []),
    ...(unanswered > 0 ? [look.say(serveScreenText.unanswered, {n: unanswered})] : []),
    `pid ${pid}`,
  ];
  const fitting = parts.findLastIndex((_, i) => stringWidth(` ${parts.slice(0, i + 1).join('  ')}`) <= width);
  return fitLine([styled(` ${parts.slice(0, fitting + 1).join('  ')}`, {dim: true})], width);
}

function listenerText({protocol, recvQueue, ...row}: KernelRow, drops: number | null, look: Look): string {
  const state = stateName({protocol, state: row.state});
  if (protocol === 'unix') return look.say(serveScreenText.listener, {state});
  if (!protocol.startsWith('udp')) return look.say(serveScreenText.acceptQueue, {n: recvQueue ?? 0});
  return look.say(serveScreenText.sharedRow, {state, n: recvQueue ?? 0, drops: drops ?? '-'});
}

/** The list and what happened last, or the client that is opened. */
function middle(data: ServeData, look: Look, width: number, height: number): {lines: readonly Line[]; height: number} {
  const {opened} = data;
  if (opened === 'unknown') return {lines: [[], plain(` ${look.say(serveScreenText.unknown)}`)], height};
  if (opened) return {lines: clientLines(opened, look, {width, height}), height};
  const events = data.events.slice(-Math.max(0, Math.min(data.events.length, height - 4)));
  const list =
    data.rows.length === 0 ? emptyLines(data, look, width) : clientRows(data.rows, data.kind, data.at, look, width);
  const room = height - events.length - 1;
  const rule: Line = [styled(look.glyphs.horizontal.repeat(width), {dim: true})];
  const told = events.map((event): Line => fitLine([styled(` ${event}`, {dim: true})], width));
  const filled = [...list.slice(0, room), ...Array.from({length: Math.max(0, room - list.length)}, (): Line => [])];
  return {lines: [...filled, rule, ...told], height};
}

function emptyLines({ways, limits}: ServeData, look: Look, width: number): Line[] {
  const longest = Math.max(...ways.map(({command}) => command.length));
  return [
    [],
    [styled(` ${look.say(serveScreenText.nobody)}`, {bold: true})],
    ...ways.map(
      ({command, what}): Line => [
        styled(`   ${command.padEnd(longest)}`, {bold: true}),
        styled(`  ${what}`, {dim: true}),
      ],
    ),
    [],
    ...wrap(look.say(serveScreenText.limits, {limits: limits.join('  ')}), width - 2).map(
      (line): Line => [styled(` ${line}`, {dim: true})],
    ),
  ];
}
