import {paneText, screenText} from '../../messages/screen.ts';
import type {PaneName} from '../../model/lesson.ts';
import type {PaneData} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, spread, styled, widthOf} from '../text/spans.ts';
import {callLines, type NextCall} from './calls.ts';
import {allPanes, paneLines, panesOf, paneTabs} from './panes.ts';
import {type PointedView, pointerOf} from './pointer.ts';

export interface PanelData extends PaneData {
  readonly view: PointedView;
  /** What the text below is, where it is a question or its answer. */
  readonly heading?: string | null;
  readonly pane: PaneName;
  readonly next: NextCall | null;
}

/** Between lanes and text: the calls or a pane, and where there is room both side by side. */
export function panelLines(data: PanelData, look: Look, columns: number, height: number, isWide: boolean): Line[] {
  const {view, next, pane} = data;
  if (!isWide) {
    const size = {width: columns, height};
    const lines = pane === 'calls' ? callLines(view, next, look, size) : paneLines(pane, data, look, size);
    // Ink would cut with an ellipsis, which some terminals draw two cells wide.
    return lines.map(line => fitLine(line, columns));
  }
  const left = Math.floor(columns * 0.56);
  const right = columns - left - 2;
  const calls = callLines(view, next, look, {width: left, height});
  const size = {width: right, height};
  const shown = pane === 'calls' ? allPanes(data, look, size) : paneLines(pane, data, look, size);
  return Array.from({length: height}, (_, row) => [
    ...fitLine(calls[row] ?? [], left),
    styled(look.glyphs.vertical, {dim: true}),
    {text: ' '},
    ...fitLine(shown[row] ?? [], right),
  ]);
}

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
    frames === null ? [] : [{text: ' '}, styled(look.say(paneText.wire), {bold: true}), ...pointerOf(frames, look)];
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
