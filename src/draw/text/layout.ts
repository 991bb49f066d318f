import type {Look} from './look.ts';

/** Where a screen is drawn: how its words are said, and the terminal's size in cells. */
export interface Viewport {
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
}

/** The least that the program draws in; below it says so. Cells. */
export const leastSize = {columns: 60, rows: 18} as const;

/** From here on the call list and the panes stand side by side. */
const wideFrom = 110;
export const isWideAt = (columns: number): boolean => columns >= wideFrom;

export interface Layout {
  readonly width: number;
  readonly lanes: number;
  readonly panel: number;
  readonly text: number;
  readonly isWide: boolean;
}

/**
 * Shares out the rows between lanes, panel (calls and panes) and text, one less than the terminal has: a frame of full
 * height makes terminals scroll. Where the text needs more, the panel gives way first, then the lanes.
 *
 * @param needed rows that the text would fill
 */
export function layoutOf(columns: number, rows: number, needed: number): Layout {
  const rest = rows - 1 - 3;
  const usual = Math.max(Math.min(9, Math.round(rest / 2)), Math.round(rest * 0.36));
  const usualLanes = Math.min(10, Math.round(rest * 0.28));
  const short = Math.max(0, needed - usual);
  const fromPanel = Math.min(short, Math.max(0, rest - usual - usualLanes - 2));
  const fromLanes = Math.min(short - fromPanel, usualLanes - 4);
  const text = usual + fromPanel + fromLanes;
  const lanes = usualLanes - fromLanes;
  return {width: columns, lanes, panel: rest - text - lanes, text, isWide: isWideAt(columns)};
}

export const isTooSmall = (columns: number, rows: number): boolean =>
  columns < leastSize.columns || rows < leastSize.rows;
