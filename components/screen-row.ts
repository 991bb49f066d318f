import type {DOMElement} from 'ink';
import {type RefObject, useLayoutEffect, useState} from 'react';

/** The row of the screen that a box begins on, from 0, as the last layout had it; null before the first. */
export function useScreenRow(box: RefObject<DOMElement | null>): number | null {
  const [row, setRow] = useState<number | null>(null);
  // Ink has laid everything out by then; where the box has moved, it is drawn once more.
  useLayoutEffect(() => setRow(rowOf(box.current)));
  return row;
}

function rowOf(box: DOMElement | null): number | null {
  let row: number | null = null;
  for (let one: DOMElement | null | undefined = box; one; one = one.parentNode)
    row = (row ?? 0) + (one.yogaNode?.getComputedTop() ?? 0);
  return row;
}
