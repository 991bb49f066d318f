import type {Listing} from '../../model/lesson.ts';

export interface ListingLine {
  readonly text: string;
  /** The steps whose calls this line makes. */
  readonly steps: readonly string[];
}

const tag = /\s*\/\/@ (.+)$/;

/** A listing's lines without their step tags. */
export const listingLines = (listing: Listing): ListingLine[] =>
  listing
    .trimEnd()
    .split('\n')
    .map(line => ({text: line.replace(tag, ''), steps: tag.exec(line)?.[1]?.trim().split(/\s+/) ?? []}));

/** The program as it is: what a compiler or Node would be given. */
export const sourceOf = (listing: Listing, port: number): string =>
  `${listingLines(listing)
    .map(line => line.text)
    .join('\n')
    .replaceAll('{port}', String(port))}\n`;

/** The part of a listing around a step's line, at most `height` lines, without the indent that they share. */
export function windowAround(lines: readonly ListingLine[], step: string, height: number): ListingLine[] {
  const at = lines.findIndex(line => line.steps.includes(step));
  if (at < 0) return [];
  const start = Math.max(0, Math.min(at - Math.floor((height - 1) / 2), lines.length - height));
  const shown = lines.slice(start, start + height);
  const indent = Math.min(...shown.filter(line => line.text.trim() !== '').map(line => line.text.search(/\S/)));
  return shown.map(line => ({...line, text: line.text.slice(indent)}));
}
