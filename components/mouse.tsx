import {type DOMElement, measureElement} from 'ink';
import {createContext, type RefObject} from 'react';
import type {Mouse} from '../src/app/terminal/mouse.ts';
import type {MouseReport} from '../src/app/terminal/mouse-report.ts';
import {meaningAt} from '../src/draw/text/meaning.ts';
import type {Line, Meaning} from '../src/draw/text/spans.ts';

type Place = RefObject<DOMElement | null>;

/** Who hears the mouse of a screen, and which rows are drawn where. */
export class Pointer {
  readonly #drawn = new Map<Place, readonly Line[]>();
  #hear: ((report: MouseReport) => void) | null = null;
  #early: MouseReport[] = [];
  /** What has the terminal report it. */
  mouse: Mouse | null = null;

  /** The terminal has reported this: what comes before anybody hears it waits, as keys do. */
  tell(report: MouseReport): void {
    if (this.#hear) this.#hear(report);
    else this.#early.push(report);
  }

  /** Who hears from now on. */
  heardBy(hear: (report: MouseReport) => void): void {
    this.#hear = hear;
    for (const report of this.#early.splice(0)) hear(report);
  }

  /** These rows are drawn there, until they are erased. */
  draw(place: Place, lines: readonly Line[]): () => void {
    this.#drawn.set(place, lines);
    return () => void this.#drawn.delete(place);
  }

  /** What is drawn on a cell, both from 0. */
  meaningAt(column: number, row: number): Meaning | null {
    for (const [{current}, lines] of this.#drawn) {
      if (!current) continue;
      const {x, y, height} = measureElement(current);
      const line = row >= y && row < y + height ? lines[row - y] : undefined;
      const found = line && meaningAt(line, column - x);
      if (found) return found;
    }
    return null;
  }
}

/** Null where the mouse is the terminal's own. */
export const PointerContext = createContext<Pointer | null>(null);
