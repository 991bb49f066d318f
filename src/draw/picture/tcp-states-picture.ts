import {actorText, screenText} from '../../messages/screen.ts';
import {tcpEventText} from '../../messages/tcp-events.ts';
import {type Side, sideOf} from '../../model/actor.ts';
import type {TcpState} from '../../model/sockets.ts';
import {eventBetween, passedBetween, tcpStates} from '../../model/tcp-transitions.ts';
import type {TcpMove, TcpPath} from '../../timeline/tcp-path.ts';
import type {PaneData, Size} from '../pane.ts';
import {LineArt, withWords} from '../text/line-art.ts';
import type {Look} from '../text/look.ts';
import {type Line, type Span, styled, widthOf} from '../text/spans.ts';
import {arrowOf, drawnIn, type Plan, plans, widthOfState} from './tcp-states-plan.ts';

const sides = ['server', 'client'] as const;
const letters: Readonly<Record<Side, string>> = {server: 's', client: 'c'};

/** How far a side has been in a state: there now, seen there before, or passed without being seen. */
type Presence = 'now' | 'before' | 'unseen' | null;

/**
 * The states of RFC 9293 section 3.3.2 and the arrows of its table, with the way that each side's sockets have taken: a
 * capital letter where one is now, a small one where one was, heavy arrows between. Below it, where there is room, the
 * newest changes and why they came.
 */
export function tcpStatesPicture({view}: PaneData, look: Look, size: Size): Line[] {
  const {tcp} = view;
  const plan = plans.find(({width, height}) => width <= size.width && height <= size.height);
  if (!plan) return sides.flatMap(side => pathLines(tcp, side, look, size.width)).slice(0, size.height);
  const art = new LineArt(plan.width, plan.height, look.ascii);
  drawArrows(art, plan, tcp);
  for (const state of tcpStates) drawState(art, plan, state, tcp);
  art.write(plan.end, 'CLOSE', {dim: true});
  const lines = [...withNotes(art.lines(), plan, look)];
  const room = size.height - lines.length;
  return [...lines, ...(room > 0 ? tcp.moves.slice(-room).map(move => moveLine(move, look)) : [])];
}

function drawArrows(art: LineArt, plan: Plan, {moves}: TcpPath): void {
  const arrows = drawnIn(plan).map(([from, to]) => ({...arrowOf(plan, from, to), by: whoWent(moves, from, to)}));
  for (const {points, by} of arrows) art.draw(points, by.length > 0 ? 2 : 1, styleOf(by));
  for (const {head, isRight} of arrows) {
    // Arrows that come from several states end in one head.
    const ending = arrows.filter(other => other.head.join() === head.join()).flatMap(({by}) => by);
    art.write(head, isRight ? '>' : '<', styleOf(sides.filter(side => ending.includes(side))));
  }
}

const styleOf = ([one, other]: readonly Side[]): Omit<Span, 'text'> =>
  one ? {bold: true, ...(other ? {} : {tone: one})} : {dim: true};

/** The sides whose sockets took this transition, be it between two readings. */
const whoWent = (moves: readonly TcpMove[], from: TcpState, to: TcpState): Side[] =>
  sides.filter(side =>
    moves.some(move => {
      if (sideOf(move.actor) !== side) return false;
      const way = wayOf(move);
      return way.some((state, i) => state === from && way[i + 1] === to);
    }),
  );

const wayOf = ({from, to}: TcpMove): readonly TcpState[] => [from, ...passedBetween(from, to), to];

function drawState(art: LineArt, plan: Plan, state: TcpState, tcp: TcpPath): void {
  const [x, y] = plan.at[state];
  const presences = sides.map(side => [side, presenceOf(tcp, side, state)] as const);
  const isNow = presences.some(([, presence]) => presence === 'now');
  const isKnown = presences.some(([, presence]) => presence !== null);
  art.write([x, y], state, isNow ? {bold: true, inverse: true} : isKnown ? {} : {dim: true});
  for (const [i, [side, presence]] of presences.entries()) {
    const isHere = presence === 'now';
    const mark = isHere ? letters[side].toUpperCase() : presence === 'before' ? letters[side] : '~';
    const style = {tone: side, bold: isHere, inverse: isHere};
    if (presence) art.write([x + widthOfState(state) - 2 + i, y], mark, style);
  }
}

function presenceOf({sockets, moves}: TcpPath, side: Side, state: TcpState): Presence {
  if (sockets.some(socket => sideOf(socket.actor) === side && socket.state === state)) return 'now';
  const own = moves.filter(({actor}) => sideOf(actor) === side);
  if (own.some(({to}) => to === state)) return 'before';
  return own.some(move => wayOf(move).includes(state)) ? 'unseen' : null;
}

/** What the marks mean: in the picture where it has room for that, else in a line below. */
function withNotes(lines: readonly Line[], plan: Plan, look: Look): Line[] {
  const notes = [screenText.stateMarks, screenText.stateUnseen].map(note => styled(look.say(note), {dim: true}));
  if (plan.notes.length === 0) return [...lines, notes.flatMap(note => [note, {text: '  '}])];
  return lines.map((line, row) =>
    plan.notes.reduce<Line>((drawn, [[x, y], width], i) => {
      const note = notes[i];
      return note && y === row ? withWords(drawn, x, width, [note]) : drawn;
    }, line),
  );
}

/** `C ESTABLISHED → FIN_WAIT1  close() or shutdown()`; what was not seen in parentheses. */
function moveLine(move: TcpMove, look: Look): Line {
  const way = wayOf(move);
  const names = way.map((state, i) => (i > 0 && i < way.length - 1 ? `(${state})` : state));
  const event = eventBetween(move.from, move.to);
  const why = event ? `  ${look.say(tcpEventText[event])}` : '';
  const side = sideOf(move.actor);
  return [
    styled(`${letters[side].toUpperCase()} `, {bold: true, tone: side}),
    {text: names.join(` ${look.glyphs.right} `)},
    styled(why, {dim: true}),
  ];
}

/** `server  LISTEN → [ESTABLISHED]`, for panels without room for the picture; a long way goes on under itself. */
function pathLines(tcp: TcpPath, side: Side, look: Look, width: number): Line[] {
  const seen = [...new Set(tcp.moves.filter(({actor}) => sideOf(actor) === side).map(({to}) => to))];
  const head: Line = [styled(`${look.say(actorText[side])}  `, {bold: true, tone: side})];
  const lines: Line[] = [head];
  for (const [i, state] of seen.entries()) {
    const isNow = presenceOf(tcp, side, state) === 'now';
    const named: Span = isNow ? styled(`[${state}]`, {bold: true}) : {text: state};
    const way: Line = [...(i > 0 ? [{text: ` ${look.glyphs.right} `}] : []), named];
    const last = lines.pop() ?? [];
    const hasRoom = widthOf([...last, ...way]) <= width;
    lines.push(...(hasRoom ? [[...last, ...way]] : [last, [{text: ' '.repeat(widthOf(head) - 3)}, ...way]]));
  }
  return lines;
}
