import unicode11 from '@xterm/addon-unicode11';
// Both packages are CommonJS whose names Node's loader cannot see: only the default import works everywhere.
import xterm from '@xterm/headless';

export type Color =
  | {readonly kind: 'default'}
  /** 0-15 are the ANSI colours, 16-231 the cube, 232-255 the greys. */
  | {readonly kind: 'palette'; readonly index: number}
  /** 0xRRGGBB */
  | {readonly kind: 'rgb'; readonly value: number};

/** One place of the grid. `width` is 2 for a wide character, and 0 for the place that it covers on its right. */
export interface Cell {
  /** '' where nothing was written; combining marks come with the character they sit on. */
  readonly char: string;
  readonly width: 0 | 1 | 2;
  readonly fg: Color;
  readonly bg: Color;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
  readonly underline: boolean;
}

type XtermCell = NonNullable<ReturnType<xterm.IBufferLine['getCell']>>;

/** What a person would see: it takes what a program wrote and keeps the grid, as a terminal window does. */
export class Screen {
  readonly #xterm: xterm.Terminal;
  #isCursorVisible = true;

  /** `answer` gets what a terminal replies when a program asks it something (where the cursor is, what it can do). */
  constructor(columns: number, rows: number, answer: (reply: string) => void) {
    this.#xterm = new xterm.Terminal({cols: columns, rows, scrollback: 0, allowProposedApi: true});
    this.#xterm.loadAddon(new unicode11.Unicode11Addon());
    this.#xterm.unicode.activeVersion = '11';
    this.#xterm.onData(answer);
    this.#trackCursor();
  }

  /** Parsing is asynchronous: the grid holds the output only when `parsed` is called. */
  write(output: string, parsed: () => void): void {
    this.#xterm.write(output, parsed);
  }

  resize(columns: number, rows: number): void {
    this.#xterm.resize(columns, rows);
  }

  lines(): string[] {
    // After a resize xterm keeps cells beyond the right edge for a while; nobody sees them.
    return this.#rows().map(line => line.translateToString(true, 0, this.#xterm.cols).trimEnd());
  }

  cells(): Cell[][] {
    return this.#rows().map(line => Array.from({length: this.#xterm.cols}, (_, x) => toCell(line.getCell(x))));
  }

  /** Between the two halves of a synchronized update (DEC mode 2026) a real terminal goes on showing the old frame. */
  isMidFrame(): boolean {
    return this.#xterm.modes.synchronizedOutputMode;
  }

  isAlternate(): boolean {
    return this.#xterm.buffer.active.type === 'alternate';
  }

  isCursorVisible(): boolean {
    return this.#isCursorVisible;
  }

  /** The place of the cursor, from 0. */
  cursor(): {readonly column: number; readonly row: number} {
    const {active} = this.#xterm.buffer;
    return {column: active.cursorX, row: active.cursorY};
  }

  dispose(): void {
    this.#xterm.dispose();
  }

  #rows(): xterm.IBufferLine[] {
    const {active} = this.#xterm.buffer;
    return Array.from({length: this.#xterm.rows}, (_, y) => active.getLine(active.baseY + y)).filter(
      line => line !== undefined,
    );
  }

  /** xterm knows whether the cursor is hidden but does not tell, so DECTCEM (mode 25) is watched on its way in. */
  #trackCursor(): void {
    const {parser} = this.#xterm;
    const watch = (final: string, isVisible: boolean) =>
      parser.registerCsiHandler({prefix: '?', final}, params => {
        if (params.includes(25)) this.#isCursorVisible = isVisible;
        return false;
      });
    watch('h', true);
    watch('l', false);
    parser.registerEscHandler({final: 'c'}, () => {
      this.#isCursorVisible = true;
      return false;
    });
  }
}

function toCell(cell: XtermCell | undefined): Cell {
  if (cell === undefined) throw new Error('the screen is narrower than its own line');
  return {
    char: cell.isInvisible() ? '' : cell.getChars(),
    width: cell.getWidth() as 0 | 1 | 2,
    fg: toColor(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    bg: toColor(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    inverse: cell.isInverse() !== 0,
    underline: cell.isUnderline() !== 0,
  };
}

function toColor(isDefault: boolean, isRgb: boolean, value: number): Color {
  if (isDefault) return {kind: 'default'};
  return isRgb ? {kind: 'rgb', value} : {kind: 'palette', index: value};
}
