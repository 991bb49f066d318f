import {mapLines} from '../flow/flow-map.ts';
import {type HeaderData, headerLine} from '../text/header.ts';
import type {Layout} from '../text/layout.ts';
import type {Look} from '../text/look.ts';
import type {Line} from '../text/spans.ts';
import {type Moment, placedLanes} from './host-lanes.ts';
import {type PanelData, panelLines, ruleLine, showsFlow} from './panel.ts';

/** Rows under each other that belong together; it is as high as it has lines. */
export interface Region {
  readonly name: 'header' | 'map' | 'lanes' | 'panel' | 'rule' | 'words';
  readonly lines: readonly Line[];
}

export interface UpperData {
  readonly header: HeaderData;
  readonly panel: PanelData;
  readonly moment: Moment;
  /** The lane that is shown alone; null where all are. */
  readonly lane: PanelData['view']['lanes'][number]['actor'] | null;
  /** The words below go on. */
  readonly isMore: boolean;
}

/** What a lesson and free play have in common: all that stands above the words. */
export function upperPart(
  {header, panel, moment, lane, isMore}: UpperData,
  look: Look,
  columns: number,
  layout: Layout,
): Region[] {
  const place = {columns, height: layout.panel, isWide: layout.isWide, hasMap: layout.map > 0};
  // What passes is seen once: in the flow, where that is shown.
  const passing = showsFlow(panel.pane, place) ? {...moment.passing, frames: []} : moment.passing;
  const lanes = placedLanes({...moment, passing}, look, {width: columns, height: layout.lanes}, lane);
  return [
    {name: 'header', lines: [headerLine(header, look, columns)]},
    ...(layout.map > 0 ? [{name: 'map', lines: mapLines(panel, look, columns)} as const] : []),
    {name: 'lanes', lines: lanes},
    {name: 'panel', lines: highAs(layout.panel, panelLines(panel, look, place))},
    {name: 'rule', lines: [ruleLine(panel, isMore, look, columns)]},
  ];
}

/** Of these lines so many, empty ones after them where there are fewer. */
export const highAs = (height: number, lines: readonly Line[]): Line[] =>
  Array.from({length: height}, (_, row) => lines[row] ?? []);
