import {type Layout, layoutOf, type Wishes, withPanelOf} from '../text/layout.ts';
import type {Look} from '../text/look.ts';
import {leastRowsOf, type PanelData, panelHeight} from './panel.ts';

/** In cells: all of the terminal. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

/** Rows for each part of the screen: what the text leaves empty goes to a panel that does not show all. */
export function rowShares(
  panel: PanelData,
  wishes: Omit<Wishes, 'panel'>,
  look: Look,
  {columns, rows}: Screen,
): Layout {
  const layout = layoutOf(columns, rows, {...wishes, panel: leastRowsOf(panel.pane)});
  const most = withPanelOf(rows, layout, wishes);
  if (most.panel === layout.panel) return layout;
  const place = {columns, height: most.panel, isWide: layout.isWide, hasMap: layout.map > 0};
  return withPanelOf(panelHeight(panel, look, place), layout, wishes);
}
