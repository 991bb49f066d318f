import {homeText} from '../../messages/home.ts';
import {actorText} from '../../messages/screen.ts';
import {type ActorName, type Side, sideOf} from '../../model/actor.ts';
import type {OutlineCall} from '../../model/outline.ts';
import {boxed} from '../text/box.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled} from '../text/spans.ts';

interface PlanRow extends OutlineCall {
  readonly times: number;
}

/** Rows that a plan needs to be worth showing: frame, heads, legend and some calls. */
export const leastPlan = 9;

/**
 * A lesson's calls in their order, the server's left, the client's right, time downwards. It is a plan: no mark says that a call
 * was made, and nothing is drawn between the two sides.
 */
export function lessonPlanLines(
  calls: readonly OutlineCall[],
  look: Look,
  {width, height}: {width: number; height: number},
): Line[] {
  const all = planRows(calls);
  const room = height - 4;
  const shown = all.length <= room ? all : all.slice(0, room - 1);
  const left = all.slice(shown.length).reduce((sum, {times}) => sum + times, 0);
  const column = Math.floor((width - 9) / 2);
  const rows = shown.map(row => planLine(row, column, look));
  const more =
    left > 0 ? [[styled(` ${look.ascii ? 'v' : '↓'} ${look.say(homeText.moreCalls, {n: left})}`, {dim: true})]] : [];
  const head = (side: Side) => fitLine([styled(look.say(actorText[side]), {tone: side})], column);
  const heads: Line = [{text: ' '}, ...head('server'), {text: '      '}, ...head('client')];
  return [...boxed(look.say(homeText.plan), [heads, ...rows, ...more], look, width), legend(look, width)];
}

/** The same call several times in a row is one row. */
function planRows(calls: readonly OutlineCall[]): PlanRow[] {
  const rows: PlanRow[] = [];
  for (const call of calls.filter(({actor}) => actor !== 'network')) {
    const last = rows.at(-1);
    const isSame = last?.actor === call.actor && last.name === call.name && !call.asks;
    if (last && isSame) rows[rows.length - 1] = {...last, times: last.times + 1};
    else rows.push({...call, times: 1});
  }
  return rows;
}

function planLine(row: PlanRow, column: number, look: Look): Line {
  const {pause} = look.glyphs;
  const own = fitLine(
    [styled(row.asks ? '?' : look.glyphs.coming, {bold: row.asks === true}), {text: ` ${nameOf(row, look)}`}],
    column,
  );
  const none: Line = [{text: ' '.repeat(column)}];
  const isServer = sideOf(row.actor) === 'server';
  const wire = styled(` ${pause}  ${pause} `, {dim: true});
  return [{text: ' '}, ...(isServer ? own : none), wire, ...(isServer ? none : own)];
}

/** What a Node process does is named by what makes it do it. */
function nameOf({name, actor, times}: PlanRow, look: Look): string {
  const call = name === 'evaluate' || name === 'run' ? 'node' : name;
  return `${call}${times > 1 ? ` ${look.ascii ? 'x' : '×'}${times}` : ''}${whoOf(actor)}`;
}

/** Which one of several on its side. */
const whoOf = (actor: ActorName): string => {
  const number = /\d$/.exec(actor)?.[0];
  return number ? ` (${number})` : '';
};

const legend = (look: Look, width: number): Line =>
  fitLine(
    [styled(` ${look.glyphs.coming} ${look.say(homeText.planned)}  ? ${look.say(homeText.asked)}`, {dim: true})],
    width,
  );
