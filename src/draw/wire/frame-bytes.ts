import {layerLetter} from '../../messages/frames.ts';
import {hex} from '../../messages/harmless.ts';
import type {Layer} from '../../model/layers.ts';
import type {Dissection, Field} from '../../model/wire.ts';
import {fitLine, type Line, type Span, styled} from '../text/spans.ts';

/** The bytes of a few rows, those of the selected field among them, inverse; those of other layers are dim. */
export function frameBytesLines(
  bytes: Uint8Array,
  dissection: Dissection,
  selected: Field | null,
  width: number,
  most: number,
): Line[] {
  const each = width >= 74 ? 16 : width >= 58 ? 12 : 8;
  const rows = Math.ceil(bytes.length / each);
  const first = Math.floor((selected?.offset ?? 0) / each);
  const start = Math.max(0, Math.min(first - Math.floor((most - 1) / 2), rows - most));
  const owners = ownersOf(bytes.length, dissection);
  return Array.from({length: Math.min(most, rows)}, (_, i) =>
    hexLine(bytes, (start + i) * each, each, owners, selected),
  );
}

/** For each byte its layer; null where it was not understood. */
function ownersOf(length: number, {parts}: Dissection): readonly (Layer | null)[] {
  const owners = Array<Layer | null>(length).fill(null);
  for (const {layer, offset, length: own} of parts) owners.fill(layer, offset, offset + own);
  return owners;
}

function hexLine(
  bytes: Uint8Array,
  start: number,
  each: number,
  owners: readonly (Layer | null)[],
  selected: Field | null,
): Line {
  const row = [...bytes.subarray(start, start + each)];
  const isIn = (at: number): boolean =>
    selected !== null && at >= selected.offset && at < selected.offset + selected.length;
  const styleOf = (at: number): Omit<Span, 'text'> => {
    if (isIn(at)) return {inverse: true, bold: true};
    return {dim: !owners[at] || (selected !== null && owners[at] !== owners[selected.offset])};
  };
  const numbers = row.flatMap((byte, i): Span[] => {
    const at = start + i;
    // The space between two bytes of the field belongs to it too.
    const isInside = isIn(at) && isIn(at + 1) && i < each - 1;
    return [styled(hex(byte), styleOf(at)), isInside ? styled(' ', styleOf(at)) : {text: ' '}];
  });
  const letters = row.map((_, i) => {
    const owner = owners[start + i];
    return styled(owner ? layerLetter[owner] : '?', styleOf(start + i));
  });
  return [
    styled(` ${start.toString(16).padStart(4, '0')}  `, {dim: true}),
    ...fitLine(numbers, 3 * each + 1),
    ...letters,
  ];
}
