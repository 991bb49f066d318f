import {homeText} from '../../messages/home.ts';
import {actorText} from '../../messages/screen.ts';
import type {Side} from '../../model/actor.ts';
import type {CallName} from '../../model/call.ts';
import {boxed} from '../text/box.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, styled} from '../text/spans.ts';

/** Names of calls, by the side that makes them. */
export type CallsBySide = Readonly<Record<Side, ReadonlySet<string>>>;

interface MapRow {
  readonly server?: CallName;
  readonly client?: CallName;
  readonly arrow?: 'to-server' | 'to-client' | 'both';
}

/** A TCP server and a TCP client as every textbook has them. */
const rows: readonly MapRow[] = [
  {server: 'socket'},
  {server: 'bind'},
  {server: 'listen'},
  {client: 'socket'},
  {client: 'connect', arrow: 'to-server'},
  {server: 'accept'},
  {client: 'send', arrow: 'to-server'},
  {server: 'recv'},
  {server: 'send', client: 'recv', arrow: 'to-client'},
  {server: 'close', client: 'close', arrow: 'both'},
];

/** Rows of the map with what its marks say. */
export const mapHeight = rows.length + 5;

/**
 * ```
 * │ server             client          │
 * │ ✓▶ socket                          │
 * │            ←─────────  ▶ connect   │
 * ```
 *
 * @param made what the learner has made already
 * @param moves what the selected lesson makes
 */
export function courseMapLines(made: CallsBySide, moves: CallsBySide, look: Look, width: number): Line[] {
  const between = Math.min(12, width - 2 - 2 - serverColumn - clientColumn);
  const lines = rows.map(
    ({server, client, arrow}): Line => [
      {text: ' '},
      ...fitLine(callSpans('server', server, made, moves, look), serverColumn),
      styled(arrowText(arrow, between, look), {dim: true}),
      {text: ' '},
      ...callSpans('client', client, made, moves, look),
    ],
  );
  const heads: Line = [
    {text: ' '},
    ...fitLine([styled(look.say(actorText.server), {tone: 'server'})], serverColumn + between + 1),
    styled(look.say(actorText.client), {tone: 'client'}),
  ];
  return [...boxed(look.say(homeText.map), [heads, ...lines], look, width), ...legend(made, look, width)];
}

/** Cells of the longest call and its mark, and of who makes it. */
const serverColumn = 10;
const clientColumn = 12;

function callSpans(
  side: Side,
  name: CallName | undefined,
  made: CallsBySide,
  moves: CallsBySide,
  {glyphs}: Look,
): Span[] {
  if (!name) return [];
  const [isMade, isMoved] = [made[side].has(name), moves[side].has(name)];
  const moved = isMoved ? glyphs.next : isMade ? ' ' : glyphs.coming;
  return [styled(`${isMade ? glyphs.made : ' '}${moved} ${name}`, {bold: isMoved, dim: !isMade && !isMoved})];
}

function arrowText(arrow: MapRow['arrow'], width: number, {glyphs: {horizontal, heads}}: Look): string {
  if (!arrow) return ' '.repeat(width);
  const [left, right] = heads;
  const shaft = horizontal.repeat(width - 2);
  return `${arrow === 'to-client' ? horizontal : left}${shaft}${arrow === 'to-server' ? horizontal : right}`;
}

function legend(calls: CallsBySide, look: Look, width: number): Line[] {
  const {made, next} = look.glyphs;
  const isNone = calls.server.size + calls.client.size === 0;
  const words = [
    `${made} ${look.say(isNone ? homeText.nothingMade : homeText.madeByHand)}`,
    `${next} ${look.say(homeText.movesHere)}`,
  ];
  return words.map(text => fitLine([styled(` ${text}`, {dim: true})], width));
}
