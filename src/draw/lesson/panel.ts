import {paneText, screenText} from '../../messages/screen.ts';
import type {PaneName} from '../../model/lesson.ts';
import {flowHeight, flowLines} from '../flow/flow.ts';
import type {FlowData} from '../flow/flow-data.ts';
import {pointerOf} from '../pointer.ts';
import {leastPanel} from '../text/layout.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, spread, styled, widthOf} from '../text/spans.ts';
import {callLines, type NextCall} from './calls.ts';
import {allPanes, paneLines, panesOf, paneTabs} from './panes.ts';

export interface PanelData extends FlowData {
  /** What the text below is, where it is a question or its answer. */
  readonly heading?: string | null;
  readonly pane: PaneName;
  readonly next: NextCall | null;
}

/** Where the middle of the screen is drawn. */
export interface PanelPlace {
  readonly columns: number;
  readonly height: number;
  readonly isWide: boolean;
  /** The map of the flow stands above. */
  readonly hasMap: boolean;
}

/** Between lanes and text: the flow, the calls or a pane, and where there is room the flow beside it. */
export function panelLines(data: PanelData, look: Look, place: PanelPlace): Line[] {
  const {columns, height} = place;
  const [left, right] = partsOf(data, look, place).map(({lines}) => lines());
  // Ink would cut with an ellipsis, which some terminals draw two cells wide.
  if (!right) return (left ?? []).map(line => fitLine(line, columns));
  const [first, second] = sidesIn(columns);
  return Array.from({length: height}, (_, row) => [
    ...fitLine(left?.[row] ?? [], first),
    styled(look.glyphs.vertical, {dim: true}),
    {text: ' '},
    ...fitLine(right[row] ?? [], second),
  ]);
}

/** Whether the flow stands there: then what passes is seen there, and not once more between the lanes. */
export const showsFlow = (pane: PaneName, place: PanelPlace): boolean =>
  place.isWide ? pane !== 'calls' : pane === 'flow' && isFlowDrawn(place);

/** How many rows it fills of those that there may be. */
export const panelHeight = (data: PanelData, look: Look, place: PanelPlace): number =>
  Math.max(...partsOf(data, look, place).map(({height}) => height()));

/** What stands there, or beside it; where it goes on with words that may be missing, its height is without them. */
interface Part {
  readonly lines: () => readonly Line[];
  readonly height: () => number;
}

function partsOf(data: PanelData, look: Look, place: PanelPlace): readonly Part[] {
  const {columns, height, isWide} = place;
  const {view, next, pane} = data;
  const part = (lines: () => readonly Line[]): Part => ({lines, height: () => lines().length});
  const flowIn = (width: number): Part => ({
    lines: () => flowLines(data, look, {width, height}),
    height: () => flowHeight(data, look, {width, height}),
  });
  const callsIn = (width: number): Part => part(() => callLines(view, next, look, {width, height}));
  if (pane === 'flow' && (isWide || isFlowDrawn(place))) return [flowIn(columns)];
  const [left, right] = isWide ? sidesIn(columns) : [columns, columns];
  if (pane !== 'calls' && pane !== 'flow') {
    const shown = part(() => paneLines(pane, data, look, {width: right, height}));
    return isWide ? [flowIn(left), shown] : [shown];
  }
  const panes = part(() => allPanes(data, look, {width: right, height}));
  return isWide ? [callsIn(left), panes] : [callsIn(left)];
}

const sidesIn = (columns: number): readonly [left: number, right: number] => {
  const left = Math.floor(columns * 0.56);
  return [left, columns - left - 2];
};

/** Less than this is too little for two columns of calls: the list of calls says more. */
const isFlowDrawn = ({columns, height, hasMap}: PanelPlace): boolean =>
  !hasMap && columns >= flowFrom && height >= flowHeightFrom;
const flowFrom = 76;
const flowHeightFrom = 6;

/** Without so many rows a pane says too little to have the map of the flow above it. */
export const leastRowsOf = (pane: PaneName): number => (pane === 'flow' || pane === 'calls' ? leastPanel : leastPane);
const leastPane = 5;

/** The names of the panes; `isMore`: the text below goes on. */
export function ruleLine(data: PanelData, isMore: boolean, look: Look, width: number): Line {
  const {horizontal} = look.glyphs;
  const more: Line = isMore ? [styled(` ${look.say(screenText.more)} `, {bold: true})] : [];
  const room = width - (isMore ? moreWidth : 0);
  const left: Line = [styled(`${horizontal.repeat(2)} `, {dim: true}), ...tabsUnder(data, room - 3, look)];
  const rule: Line = [...left, styled(horizontal.repeat(width), {dim: true})];
  return more.length > 0 ? spread(cutLine(rule, width - moreWidth), more, width) : cutLine(rule, width);
}

const moreWidth = 24;

/** Behind a heading the names of all panes where there is room for them, else that of the shown one. */
function tabsUnder({heading = null, pane, lesson, view}: PanelData, room: number, look: Look): Line {
  const panes = panesOf(lesson);
  if (heading === null) return paneTabs(pane, panes, look);
  const {horizontal} = look.glyphs;
  const frames = view.evidence?.frames ?? null;
  const proof: Line =
    frames === null || !view.evidence
      ? []
      : [{text: ' '}, styled(look.say(paneText.wire), {bold: true}), ...pointerOf(frames, view.evidence, look)];
  const head: Line = [styled(heading, {bold: true}), ...proof, styled(` ${horizontal.repeat(2)} `, {dim: true})];
  const all: Line = [...head, ...paneTabs(pane, panes, look)];
  return widthOf(all) <= room ? all : [...head, ...paneTabs(pane, [pane], look)];
}

/** fitLine marks what it cuts; a rule needs no mark. */
function cutLine(line: Line, width: number): Line {
  const fitted = [...fitLine(line.slice(0, -1), width)];
  const last = fitted.at(-1);
  const rule = line.at(-1);
  if (!last || !rule || last.text.trim() !== '') return fitted;
  fitted[fitted.length - 1] = {...rule, text: rule.text.slice(0, last.text.length)};
  return fitted;
}
