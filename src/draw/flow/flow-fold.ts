import type {ActorName} from '../../model/actor.ts';
import type {Line} from '../text/spans.ts';
import type {FlowCell, FlowRow} from './flow-rows.ts';

/** A row, and what stands in the columns; of a call that goes on under itself there are several rows with its cell. */
export interface DrawnRow extends FlowRow {
  readonly inColumn: ReadonlyMap<ActorName, Line>;
}

/** How a call is drawn. */
export interface Drawing {
  /** In its own column, in at most so many rows. */
  readonly inColumn: (cell: FlowCell, most: number) => readonly Line[];
  /** In one row that others' empty columns have part of; null where it has no room there either. */
  readonly across: (cell: FlowCell, taken: ReadonlySet<ActorName>) => Line | null;
}

/**
 * Rows in which calls that are too long go on under themselves: where their column is empty anyway, and in rows that are left.
 * Where there are too few of those, where the learner stands comes first.
 *
 * @param spare rows that nothing else needs
 */
export function foldedRows(rows: readonly FlowRow[], spare: number, drawing: Drawing): DrawnRow[] {
  const whole = rows.map(({cell}) => (cell ? drawing.inColumn(cell, Number.POSITIVE_INFINITY) : []));
  const fold = (left: number): DrawnRow[] => laidOut(rows, linesIn(rows, whole, left, drawing));
  const drawn = fold(spare);
  const unused = rows.length + spare - drawn.length;
  // Rows that were put in for one side may have served the other too.
  const again = unused > 0 && unused < spare ? fold(spare + unused) : drawn;
  return again.length <= rows.length + spare ? again : drawn;
}

/** The lines of each row's call. */
function linesIn(
  rows: readonly FlowRow[],
  whole: readonly (readonly Line[])[],
  spare: number,
  {inColumn, across}: Drawing,
): ReadonlyMap<FlowRow, readonly Line[]> {
  const lines = new Map<FlowRow, readonly Line[]>();
  let left = spare;
  for (const [at, row] of mostTellingFirst(rows)) {
    if (!row.cell) continue;
    const wanted = whole[at] ?? [];
    const wide = wanted.length > 1 ? across(row.cell, takenIn(rows, whole, at)) : null;
    const beneath = emptyUnder(rows, at, row.cell.actor);
    const most = 1 + beneath + left;
    const own = wide ? [wide] : wanted.length <= most ? wanted : inColumn(row.cell, most);
    left -= Math.max(0, own.length - 1 - beneath);
    lines.set(row, own);
  }
  return lines;
}

/** In whose columns something may stand beside a call: who sleeps, and whose call may go on from above. */
function takenIn(rows: readonly FlowRow[], whole: readonly (readonly Line[])[], at: number): ReadonlySet<ActorName> {
  const above = rows
    .slice(0, at)
    .flatMap(({cell}, i) => (cell && i + (whole[i]?.length ?? 0) > at ? [cell.actor] : []));
  return new Set([...(rows[at]?.asleep ?? []), ...above]);
}

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
