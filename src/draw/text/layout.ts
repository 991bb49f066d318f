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

/** In rows. */
export interface Layout {
  readonly lanes: number;
  /** Of the flow's map, above the lanes; 0 where there is none. */
  readonly map: number;
  readonly panel: number;
  readonly text: number;
  readonly isWide: boolean;
}

/** How many rows the lanes and the text would fill, and without how many the panel says nothing. */
export interface Wishes {
  readonly lanes: number;
  readonly text: number;
  readonly panel: number;
}

/**
 * Shares out the rows between lanes, map, panel (flow, calls and panes) and text, one less than the terminal has: a frame of full
 * height makes terminals scroll. Lanes and text have what they need, the text an empty row at its end where there is room for it,
 * the panel the rest. Where that is too little, the map gives way first, then the panel, then the lanes.
 */
export function layoutOf(columns: number, rows: number, wishes: Wishes): Layout {
  const isWide = isWideAt(columns);
  const rest = rows - 1 - 3;
  const most = rest - leastLanes - leastPanel;
  const said = Math.min(most, Math.max(wishes.text, Math.round(rest * textShare)));
  const panelWish = Math.max(leastPanel, Math.round((rest - smallRest) * panelShare));
  const lanes = Math.max(leastLanes, Math.min(wishes.lanes, rest - said - panelWish));
  const isFull = said <= wishes.text && rest - said - lanes > panelWish;
  const text = said + (isFull ? 1 : 0);
  const panel = rest - text - lanes;
  const hasMap = !isWide && rows >= mapFrom && rows < wholeFlowFrom && panel >= mapHeight + wishes.panel;
  const map = hasMap ? mapHeight : 0;
  return {lanes, map, panel: panel - map, text, isWide};
}

/** Rows in which the words stand without taking any from the lanes, as far as those have no more than two sockets a side. */
export const textRoom = (rows: number, {lanes}: Pick<Wishes, 'lanes'>): number =>
  rows - 1 - 3 - Math.min(lanes, twoSockets) - leastPanel - 1;
const twoSockets = 6;

/** The same with more rows for the panel, as far as the text leaves some empty, one at its end apart. */
export function withPanelOf(wanted: number, layout: Layout, wishes: Pick<Wishes, 'text'>): Layout {
  const more = Math.max(0, Math.min(wanted - layout.panel, layout.text - wishes.text - 1));
  return {...layout, panel: layout.panel + more, text: layout.text - more};
}

/** A box with a socket. */
const leastLanes = 4;
/** The newest call, and the next. */
export const leastPanel = 2;
/** Less than this share of the screen the text never has, so that boxes and panes do not jump with each step. */
const textShare = 0.3;
/** Of the rows that a small screen has not. */
const panelShare = 0.45;
const smallRest = 16;
const mapHeight = 3;
/** Rows from which there is a map, and from which the flow itself stands in the panel of a narrow screen. */
const mapFrom = 24;
const wholeFlowFrom = 30;

export const isTooSmall = (columns: number, rows: number): boolean =>
  columns < leastSize.columns || rows < leastSize.rows;
