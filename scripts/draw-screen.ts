import type {Cell} from '../test/pty.ts';
import {type Box, drawBoxCharacter, type Paint, rect} from './box-drawing.ts';
import {colorText, mix, type Theme} from './terminal-theme.ts';

export const latinFont = 'DejaVu Sans Mono';
export const wideFonts = ['Noto Sans Mono CJK JP', 'Noto Sans CJK JP'] as const;

/** One cell in SVG units: even numbers, so that a centred line falls on whole pixels when the picture is twice as large. */
const cellSize = {width: 10, height: 22};
const padding = 14;

/** A letter of the Latin font is 1233/2048 of its size wide and fills one cell; a Japanese one is an em and fills two. */
const latinSize = cellSize.width / (1233 / 2048);
const wideSize = cellSize.width * 2 * 0.95;
const latinBaseline = 16.5;
const wideBaseline = 17.5;
/** Of a dim character's colour this much is left; the rest is what is behind it. */
const dimShare = 0.6;

/** An SVG of the screen: each cell at its own place, whatever width a font gives its character. */
export function drawScreen(cells: readonly (readonly Cell[])[], theme: Theme): string {
  const width = (cells[0]?.length ?? 0) * cellSize.width + padding * 2;
  const height = cells.length * cellSize.height + padding * 2;
  const drawn = cells.flatMap((row, y) => row.map((cell, x) => drawCell(cell, x, y, theme)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="9" fill="${theme.background}" stroke="${theme.frame}"/>`,
    `<g text-anchor="middle" font-family="${latinFont}" font-size="${latinSize}">`,
    // A glyph may reach over its neighbour: all of the backgrounds come first.
    ...drawn.map(({behind}) => behind),
    ...drawn.map(({front}) => front),
    '</g></svg>',
  ].join('\n');
}

function drawCell(cell: Cell, column: number, row: number, theme: Theme): {behind: string; front: string} {
  const box: Box = {
    x: padding + column * cellSize.width,
    y: padding + row * cellSize.height,
    width: cellSize.width * cell.width,
    height: cellSize.height,
  };
  if (cell.width === 0) return {behind: '', front: ''};
  const paint = paintOf(cell, theme);
  const front = drawBoxCharacter(cell.char, box, paint) ?? drawGlyph(cell, box, paint.ink);
  return {
    behind: paint.paper === theme.background ? '' : rect(box, paint.paper),
    front: cell.underline ? front + rect({...box, y: box.y + 19, height: 1}, paint.ink) : front,
  };
}

function paintOf(cell: Cell, theme: Theme): Paint {
  const fg = colorText(cell.fg, theme, theme.foreground);
  const bg = colorText(cell.bg, theme, theme.background);
  const [ink, paper] = cell.inverse ? [bg, fg] : [fg, bg];
  return {ink: cell.dim ? mix(ink, paper, dimShare) : ink, paper};
}

function drawGlyph(cell: Cell, box: Box, ink: string): string {
  if (cell.char.trim() === '') return '';
  const isWide = cell.width === 2;
  const y = box.y + (isWide ? wideBaseline : latinBaseline);
  const font = isWide ? ` font-family="${wideFonts.join(', ')}" font-size="${wideSize}"` : '';
  const weight = cell.bold ? ' font-weight="bold"' : '';
  return `<text x="${box.x + box.width / 2}" y="${y}" fill="${ink}"${font}${weight}>${escapeXml(cell.char)}</text>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, char => `&#${char.charCodeAt(0)};`);
}
