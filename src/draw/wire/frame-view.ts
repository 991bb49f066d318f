import {fieldValueText} from '../../messages/field-values.ts';
import {fieldText} from '../../messages/fields.ts';
import {framesText, layerLetter} from '../../messages/frames.ts';
import {layerText} from '../../messages/layers.ts';
import {checksumText, protocolText, wireProblemText} from '../../messages/wire.ts';
import {type Layer, layers} from '../../model/layers.ts';
import {fromBase64} from '../../model/payload.ts';
import type {Dissection, Field, Part} from '../../model/wire.ts';
import type {ReadFrame} from '../../timeline/read-frames.ts';
import {checksumOf} from '../../wire/checksum.ts';
import {dissect} from '../../wire/dissect.ts';
import type {Size} from '../pane.ts';
import {drawable} from '../text/glyphs.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, spread, styled} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {frameBytesLines} from './frame-bytes.ts';
import {millisecondsText, placeText} from './ladder-row.ts';

export interface FrameData {
  readonly read: ReadFrame;
  /** Its place among all frames, the first being 1. */
  readonly n: number;
  readonly all: number;
  /** Index of the field that the cursor is on. */
  readonly selected: number;
}

/** A field, and the header that it is in. */
export interface PlacedField {
  readonly part: Part;
  readonly field: Field;
}

const opened = ({frame}: ReadFrame): {bytes: Uint8Array; dissection: Dissection} => {
  const bytes = fromBase64(frame.data);
  return {bytes, dissection: dissect(bytes, frame.length)};
};

/** All fields of a frame, from its first byte on. */
export const fieldsOf = (read: ReadFrame): readonly PlacedField[] =>
  opened(read).dissection.parts.flatMap(part => part.fields.map(field => ({part, field})));

/**
 * One frame: its bytes, each with the letter of the layer that it belongs to, the fields of its headers, and what the one
 * under the cursor is for.
 *
 * ```
 *  0020  00 01 8a f6 1f 90 6d dd e6 39 00 00 00 00 a0 02  IITTTTTTTTTTTTTT
 *
 *    T 34+2     source port            35574
 *  > T 36+2     destination port       8080
 * ```
 */
export function frameViewLines(data: FrameData, look: Look, size: Size): Line[] {
  const {width, height} = size;
  const {bytes, dissection} = opened(data.read);
  const fields = dissection.parts.flatMap(part => part.fields.map(field => ({part, field})));
  const at = Math.min(data.selected, fields.length - 1);
  const chosen = fields[at] ?? null;
  const head = [titleLine(data, look, width), legendLine(dissection, chosen?.part.layer ?? null, look, width)];
  const words = wordsLines(chosen, bytes, dissection, look, width);
  const hexRows = frameBytesLines(bytes, dissection, chosen?.field ?? null, width, Math.max(2, Math.floor(height / 3)));
  const room = Math.max(1, height - head.length - hexRows.length - words.length - 2);
  const list = windowed(fieldLines(fields, at, bytes, dissection, data.read, look, width), room);
  const gap = Array.from({length: Math.max(0, room - list.length)}, (): Line => []);
  const rule: Line = [styled(look.glyphs.horizontal.repeat(width), {dim: true})];
  return [...head, ...hexRows, columnLine(look), ...list, ...gap, rule, ...words].map(line => fitLine(line, width));
}

function titleLine({read, n, all}: FrameData, look: Look, width: number): Line {
  const {frame, call, atUs} = read;
  const left: Line = [
    styled(` ${look.say(framesText.frame, {n, all})}`, {bold: true}),
    ...(call ? [styled(`  ${call.actor} ${call.name}()`, {tone: call.actor})] : []),
    {text: `  ${millisecondsText(atUs)} ms`},
  ];
  const place = look.say(framesText.bytesOn, {bytes: frame.length, place: placeText(read)});
  return spread(left, [styled(`${place} `, {dim: true})], width);
}

/** What the letters stand for, in the order of the bytes; the layer of the selected field is bold. */
function legendLine({parts}: Dissection, chosen: Layer | null, look: Look, width: number): Line {
  const present = new Set(parts.map(part => part.layer));
  const shown = layers
    .map(({layer}) => layer)
    .filter(layer => present.has(layer))
    .reverse();
  const names = shown.map(layer =>
    styled(` ${layerLetter[layer]} ${look.say(layerText[layer])} `, {bold: layer === chosen}),
  );
  return fitLine(names, width);
}

const columnLine = (look: Look): Line => [
  styled(
    `   ${fitted(look.say(framesText.position), 11)}${fitted(look.say(framesText.field), 24)}${look.say(framesText.value)}`,
    {dim: true},
  ),
];

const fitted = (text: string, width: number): string =>
  fitLine([{text}], width)
    .map(span => span.text)
    .join('');

interface Row {
  readonly line: Line;
  readonly isSelected: boolean;
}

/** Each header under its name. */
function fieldLines(
  fields: readonly PlacedField[],
  selected: number,
  bytes: Uint8Array,
  dissection: Dissection,
  read: ReadFrame,
  look: Look,
  width: number,
): readonly Row[] {
  return fields.flatMap(({part, field}, i): Row[] => {
    const heading = fields[i - 1]?.part === part ? [] : [{line: partLine(part, look), isSelected: false}];
    const value = `${writtenValue({part, field}, look)}${noteOf({part, field}, bytes, dissection, read, look)}`;
    const isSelected = i === selected;
    const style = isSelected ? {bold: true} : {};
    const line: Line = [
      styled(isSelected ? ' > ' : '   ', {bold: true}),
      styled(`${layerLetter[part.layer]} `, style),
      ...fitLine([styled(positionText(field), {dim: !isSelected})], 9),
      ...fitLine([styled(look.say(fieldText[field.name].name), style)], 24),
      styled(value, style),
    ];
    return [...heading, {line: fitLine(line, width), isSelected}];
  });
}

const partLine = ({protocol, offset, length}: Part, look: Look): Line => [
  styled(` ${look.say(protocolText[protocol])}`, {bold: true}),
  styled(`  ${offset}+${length}`, {dim: true}),
];

/** `34+2`, and of a field that is not whole bytes its bits: `14 b4-7`. */
function positionText({offset, length, bits}: Field): string {
  if (!bits) return `${offset}+${length}`;
  const last = bits.first + bits.count - 1;
  return `${offset} b${bits.first}${last === bits.first ? '' : `-${last}`}`;
}

const writtenValue = ({part, field}: PlacedField, look: Look): string =>
  drawable(fieldValueText(field, look.language, {part, ascii: look.ascii}), look.ascii);

/** What is known of a value beyond the frame: how it counts from the first, or whether a checksum is right. */
function noteOf(
  {part, field}: PlacedField,
  bytes: Uint8Array,
  dissection: Dissection,
  {base, summary}: ReadFrame,
  look: Look,
): string {
  if (isChecksum(field)) {
    const state = checksumOf(bytes, dissection, part);
    return state ? `  ${look.say(checksumText[state])}` : '';
  }
  if (!base || typeof field.value !== 'number') return '';
  if (field.name === 'tcp-acknowledgment' && !(summary?.kind === 'tcp' && summary.flags.includes('ACK'))) return '';
  const from = {'tcp-sequence': base.sequence, 'tcp-acknowledgment': base.acknowledgment}[field.name as string];
  if (from === undefined) return '';
  return `  ${look.say(framesText.relativeValue, {n: (field.value - from) >>> 0})}`;
}

const isChecksum = ({name}: Field): boolean => name.endsWith('-checksum');

/** What the field is for, what its value says where that may have been cut, and what is wrong with the frame. */
function wordsLines(
  chosen: PlacedField | null,
  bytes: Uint8Array,
  dissection: Dissection,
  look: Look,
  width: number,
): Line[] {
  const {problem} = dissection;
  const paragraph = (text: string, style: Omit<Span, 'text'>): Line[] =>
    wrap(text, width - 2).map((line): Line => [styled(` ${line}`, style)]);
  const state = chosen && isChecksum(chosen.field) ? checksumOf(bytes, dissection, chosen.part) : null;
  return [
    ...(chosen ? paragraph(look.say(fieldText[chosen.field.name].meaning), {}) : []),
    ...(state === 'unfinished' ? paragraph(look.say(checksumText.unfinished), {bold: true}) : []),
    ...(problem
      ? paragraph(look.say(framesText.problem, {at: problem.at, what: look.say(wireProblemText[problem.kind])}), {
          bold: true,
        })
      : []),
  ];
}

/** As many rows as there is room for, the selected one among them. */
function windowed(rows: readonly Row[], room: number): Line[] {
  const at = Math.max(
    0,
    rows.findIndex(({isSelected}) => isSelected),
  );
  const start = Math.max(0, Math.min(at - Math.floor((room - 1) / 2), rows.length - room));
  return rows.slice(start, start + room).map(({line}) => line);
}
