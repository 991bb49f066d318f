import {screenText} from '../../messages/screen.ts';
import type {PaneName} from '../../model/lesson.ts';
import type {PaneData} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, spread, styled} from '../text/spans.ts';
import {callLines, type NextCall} from './calls.ts';
import {allPanes, paneLines, panesOf, paneTabs} from './panes.ts';

export interface PanelData extends PaneData {
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
export function ruleLine({pane, lesson}: PanelData, isMore: boolean, look: Look, width: number): Line {
  const {horizontal} = look.glyphs;
  const more: Line = isMore ? [styled(` ${look.say(screenText.more)} `, {bold: true})] : [];
  const left: Line = [styled(`${horizontal.repeat(2)} `, {dim: true}), ...paneTabs(pane, panesOf(lesson), look)];
  const rule: Line = [...left, styled(horizontal.repeat(width), {dim: true})];
  return more.length > 0 ? spread(cutLine(rule, width - 24), more, width) : cutLine(rule, width);
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
