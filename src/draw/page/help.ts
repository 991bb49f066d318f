import {screenText} from '../../messages/screen.ts';
import type {Text} from '../../model/text.ts';
import {keyName, labelText} from '../text/key-line.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, spread, styled, widthOf} from '../text/spans.ts';

export interface HelpGroup {
  readonly title: Text;
  readonly rows: readonly {readonly keys: readonly string[]; readonly label: Text}[];
}

/** `isMore`: there are lines below the screen. */
export const helpTitle = (isMore: boolean, look: Look, width: number): Line =>
  spread(
    [styled(` ${look.say(screenText.helpTitle)}`, {bold: true})],
    isMore ? [styled(`${look.say(screenText.more)} `, {bold: true})] : [],
    width,
  );

/** From here on there is room for two columns. */
const twoColumnsFrom = 78;

/** All keys, in two columns where there is room. */
export function helpLines(groups: readonly HelpGroup[], look: Look, width: number): Line[] {
  if (width < twoColumnsFrom) {
    return groups.flatMap(group => [[], ...groupLines(group, look, width - 2).map(line => [{text: ' '}, ...line])]);
  }
  const column = Math.floor((width - 2) / 2);
  const blocks = groups.map(group => groupLines(group, look, column));
  const left: Line[] = [];
  const right: Line[] = [];
  for (const block of blocks) {
    const shorter = left.length <= right.length ? left : right;
    shorter.push(...block, []);
  }
  const rows = Array.from(
    {length: Math.max(left.length, right.length)},
    (_, i): Line => [{text: ' '}, ...fitLine(left[i] ?? [], column), ...fitLine(right[i] ?? [], column)],
  );
  return [[], ...rows];
}

function groupLines({title, rows}: HelpGroup, look: Look, width: number): Line[] {
  const keys = rows.map(row => row.keys.map(key => keyName(key, look)).join(' '));
  const keyWidth = Math.min(22, Math.max(...keys.map(key => widthOf([{text: key}]))) + 2);
  const lines = rows.map(
    (row, i): Line =>
      fitLine(
        [...fitLine([styled(keys[i] ?? '', {bold: true, tone: 'key'})], keyWidth), {text: labelText(row.label, look)}],
        width,
      ),
  );
  return [[styled(look.say(title), {bold: true})], ...lines];
}
