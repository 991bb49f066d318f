import type {ActorName} from '../../model/actor.ts';
import type {Line} from '../text/spans.ts';
import type {FlowCell, FlowRow} from './flow-rows.ts';

/** A row, and what stands in the columns; of a call that goes on under itself there are several rows with its cell. */
export interface DrawnRow extends FlowRow {
  readonly inColumn: ReadonlyMap<ActorName, Line>;
}

/**
 * Rows in which calls that are too long go on under themselves: where their column is empty anyway, and in rows that are left.
 * Where there are too few of those, where the learner stands comes first.
 *
 * @param spare rows that nothing else needs
 * @param draw a cell in at most so many rows; the columns of these others have something in its first row
 */
export function foldedRows(
  rows: readonly FlowRow[],
  spare: number,
  draw: (cell: FlowCell, most: number, taken: ReadonlySet<ActorName>) => readonly Line[],
): DrawnRow[] {
  const drawn = new Map<FlowRow, readonly Line[]>();
  let left = spare;
  for (const [at, row] of mostTellingFirst(rows)) {
    if (!row.cell) continue;
    const beneath = emptyUnder(rows, at, row.cell.actor);
    const lines = draw(row.cell, 1 + beneath + left, takenIn(rows, at));
    left -= Math.max(0, lines.length - 1 - beneath);
    drawn.set(row, lines);
  }
  return laidOut(rows, drawn);
}

/** In whose columns something may stand beside a call: who sleeps, and whose call may go on from above. */
function takenIn(rows: readonly FlowRow[], at: number): ReadonlySet<ActorName> {
  const above = rows.slice(Math.max(0, at - mostUnder), at).flatMap(({cell}) => (cell ? [cell.actor] : []));
  return new Set([...(rows[at]?.asleep ?? []), ...above]);
}
/** Of no call that is drawn beside others more rows than this go on under it. */
const mostUnder = 6;

/** The newest, those before it, then those to come, each with its index. */
function mostTellingFirst(rows: readonly FlowRow[]): readonly (readonly [number, FlowRow])[] {
  const all = [...rows.entries()];
  const isPast = ([, {cell}]: (typeof all)[number]): boolean => cell?.kind === 'made' || cell?.kind === 'heard';
  return [...all.filter(isPast).reverse(), ...all.filter(one => !isPast(one))];
}

/** How many rows from here to the next call in this column. */
function emptyUnder(rows: readonly FlowRow[], at: number, actor: ActorName): number {
  const next = rows.findIndex(({cell}, i) => i > at && cell?.actor === actor);
  return (next < 0 ? rows.length : next) - at - 1;
}

function laidOut(rows: readonly FlowRow[], drawn: ReadonlyMap<FlowRow, readonly Line[]>): DrawnRow[] {
  /** What has no row yet, by whose it is. */
  const rest = new Map<ActorName, readonly Line[]>();
  const take = (row: FlowRow): DrawnRow => {
    const inColumn = new Map([...rest].flatMap(([actor, [line]]) => (line ? [[actor, line] as const] : [])));
    for (const [actor, lines] of rest) rest.set(actor, lines.slice(1));
    return {...row, inColumn};
  };
  return rows.flatMap((row, i) => {
    if (row.cell) rest.set(row.cell.actor, drawn.get(row) ?? []);
    const taken = [take(row)];
    const next = rows[i + 1];
    const isPressing = (actor: ActorName): boolean => !next || next.cell?.actor === actor;
    while ([...rest].some(([actor, lines]) => lines.length > 0 && isPressing(actor))) taken.push(take(under(row)));
    return taken;
  });
}

/** A row that was put in: nothing passed then, and who fell asleep sleeps. */
const under = (row: FlowRow): FlowRow => ({
  ...row,
  frame: null,
  omitted: 0,
  asleep: row.cell?.kind === 'made' && row.cell.part === 'begin' ? [...row.asleep, row.cell.actor] : row.asleep,
});
