import {hostileCharacters} from '../../messages/hostile-characters.ts';

import type {Tone} from './colors.ts';
import {cells, fitText} from './wrap.ts';

/** What a stretch of text on the screen stands for: the event of the log in which a call, or what a program did, began, or a frame. */
export interface Meaning {
  readonly kind: 'call' | 'frame';
  /** Of the event. */
  readonly seq: number;
}

/** A stretch of text in one style. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
  readonly underline?: boolean;
  /** What it stands for, where the mouse can ask. */
  readonly means?: Meaning;
}

/** One row of the screen. */
export type Line = readonly Span[];

export const plain = (text: string): Line => [{text}];
export const styled = (text: string, style: Omit<Span, 'text'>): Span => ({text, ...style});

export const textOf = (line: Line): string => line.map(span => span.text).join('');

export const widthOf = (line: Line): number => line.reduce((sum, span) => sum + cells(span.text), 0);

/** The line cut or padded to exactly `width` cells. */
export function fitLine(line: Line, width: number): Line {
  const spans: Span[] = [];
  let left = width;
  for (const span of line) {
    if (left <= 0) break;
    const text = fitText(span.text, left);
    spans.push({...span, text});
    left -= cells(text);
    if (text !== span.text) break;
  }
  return left > 0 ? [...spans, {text: ' '.repeat(left)}] : spans;
}

/** Left and right parts with the room between them; the left one gives way. */
export function spread(left: Line, right: Line, width: number): Line {
  const room = Math.max(0, width - widthOf(right));
  return [...fitLine(left, room), ...fitLine(right, Math.min(width, widthOf(right)))];
}

// Strings may come from a recording that anyone has edited: what could steer a terminal is not drawn.
const {control, unseen, half} = hostileCharacters;
const steering = new RegExp(`[${control}${unseen}${half}]`, 'gu');

export const withoutSteering = (text: string): string => text.replace(steering, '?');

export const isSameLine = (a: Line, b: Line): boolean =>
  a.length === b.length && a.every((span, i) => isSameSpan(span, b[i] ?? {text: ''}));

const isSameSpan = (a: Span, b: Span): boolean =>
  a.text === b.text &&
  a.tone === b.tone &&
  a.bold === b.bold &&
  a.dim === b.dim &&
  a.inverse === b.inverse &&
  a.underline === b.underline;
