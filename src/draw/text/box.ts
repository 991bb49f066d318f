import type {Look} from './look.ts';
import {fitLine, type Line, styled, widthOf} from './spans.ts';

/** Lines in a frame of this width, with words in its upper edge. */
export function boxed(title: string, lines: readonly Line[], look: Look, width: number): Line[] {
  const {horizontal, vertical, corners} = look.glyphs;
  const [topLeft, topRight, bottomLeft, bottomRight] = corners;
  const edge = (cells: number) => styled(horizontal.repeat(Math.max(0, cells)), {dim: true});
  const name = styled(` ${title} `, {bold: true});
  return [
    [styled(topLeft, {dim: true}), name, edge(width - 2 - widthOf([name])), styled(topRight, {dim: true})],
    ...lines.map((line): Line => {
      const side = styled(vertical, {dim: true});
      return [side, ...fitLine(line, width - 2), side];
    }),
    [styled(bottomLeft, {dim: true}), edge(width - 2), styled(bottomRight, {dim: true})],
  ];
}
