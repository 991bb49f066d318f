import {fitLine, type Line, type Span} from './spans.ts';

type Style = Omit<Span, 'text'>;
export type Point = readonly [x: number, y: number];
export type Weight = 1 | 2;

/** Where a line leaves a cell. */
const sides = {up: 1, right: 2, down: 4, left: 8} as const;

/** By the sum of the sides, a lone one drawn through. Light and heavy are not mixed in a cell: not every font can. */
const boxes = {1: ' │─└││┌├─┘─┴┐┤┬┼', 2: ' ┃━┗┃┃┏┣━┛━┻┓┫┳╋'} as const;
const ascii = {1: ' |-+||++-+-+++++', 2: ' |=+||++=+=+++++'} as const;

const sideTowards = (dx: number, dy: number): number =>
  dx > 0 ? sides.right : dx < 0 ? sides.left : dy > 0 ? sides.down : sides.up;

interface Cell {
  readonly text: string;
  /** For each side that a line leaves by, how strongly. */
  readonly lines: Readonly<Partial<Record<number, Weight>>>;
  readonly style: Style;
}

const blank: Cell = {text: ' ', lines: {}, style: {}};

/** Cells to write in and to draw lines in. Lines that meet are joined; what does not fit is left out. */
export class LineArt {
  readonly #rows: Cell[][];
  readonly #isAscii: boolean;

  constructor(width: number, height: number, isAscii: boolean) {
    this.#rows = Array.from({length: height}, () => Array<Cell>(width).fill(blank));
    this.#isAscii = isAscii;
  }

  /** Characters of one cell each. */
  write([x, y]: Point, text: string, style: Style = {}): void {
    for (const [i, char] of [...text].entries()) this.#put([x + i, y], {text: char, lines: {}, style});
  }

  /** A line through these points, each in the row or the column of the one before it. It begins beside the first one. */
  draw(points: readonly Point[], weight: Weight, style: Style): void {
    for (const [i, from] of points.entries()) {
      const to = points[i + 1];
      if (to) this.#stretch(from, to, i === 0, weight, style);
    }
  }

  /** One span a cell. */
  lines(): Line[] {
    return this.#rows.map(row => row.map(cell => ({...cell.style, text: this.#textOf(cell)})));
  }

  #textOf({text, lines}: Cell): string {
    const weights = Object.values(lines);
    if (weights.length === 0) return text;
    const isHeavy = weights.filter(weight => weight === 2).length >= Math.min(2, weights.length);
    const sum = Object.keys(lines).reduce((total, side) => total + Number(side), 0);
    return (this.#isAscii ? ascii : boxes)[isHeavy ? 2 : 1][sum] ?? ' ';
  }

  #stretch([fromX, fromY]: Point, [toX, toY]: Point, isBeside: boolean, weight: Weight, style: Style): void {
    const [dx, dy] = [Math.sign(toX - fromX), Math.sign(toY - fromY)];
    const steps = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY));
    for (let i = 0; i < steps; i++) {
      const [x, y] = [fromX + i * dx, fromY + i * dy];
      if (i > 0 || !isBeside) this.#leave([x, y], sideTowards(dx, dy), weight, style);
      this.#leave([x + dx, y + dy], sideTowards(-dx, -dy), weight, style);
    }
  }

  #leave([x, y]: Point, side: number, weight: Weight, style: Style): void {
    const {lines, style: before} = this.#rows[y]?.[x] ?? blank;
    const isLighter = Object.values(lines).some(other => (other ?? 0) > weight);
    const heavier = Math.max(lines[side] ?? 1, weight) as Weight;
    this.#put([x, y], {text: '', lines: {...lines, [side]: heavier}, style: isLighter ? before : style});
  }

  #put([x, y]: Point, cell: Cell): void {
    const row = this.#rows[y];
    if (row && x >= 0 && x < row.length) row[x] = cell;
  }
}

/** A line of single cells with words, of any width, in place of those from `x` on. */
export const withWords = (line: Line, x: number, width: number, words: Line): Line => [
  ...line.slice(0, x),
  ...fitLine(words, width),
  ...line.slice(x + width),
];
