import {harmlessText, hex} from '../../messages/harmless.ts';
import {layersText, layerText, partText, unitText} from '../../messages/layers.ts';
import {protocolText} from '../../messages/wire.ts';
import {type Layer, layers} from '../../model/layers.ts';
import type {Text} from '../../model/text.ts';
import type {Dissection, Part, Summary} from '../../model/wire.ts';
import {dissect} from '../../wire/dissect.ts';
import {summarize} from '../../wire/summary.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled, widthOf} from '../text/spans.ts';

interface Form {
  /** The label on the left, and how wide it is. */
  readonly label: number;
  /** Cells inside each part, without its borders. */
  readonly parts: Readonly<Record<Layer, number>>;
  readonly isWide: boolean;
}
const wide: Form = {label: 17, parts: {link: 6, internet: 9, transport: 13, application: 12}, isWide: true};
const narrow: Form = {label: 7, parts: {link: 4, internet: 6, transport: 7, application: 10}, isWide: false};
const wideFrom = 78;

const outermostFirst = layers.map(({layer}) => layer).reverse();

/** The frame's parts by layer: those layers that it has something of, outermost first, each with its bytes. */
interface Shares {
  readonly layers: readonly Layer[];
  readonly lengths: Readonly<Record<Layer, number>>;
  /** What the transport layer's protocol is called. */
  readonly transport: string;
  readonly data: Uint8Array;
}

/**
 * A frame, as far as it can be read: each layer puts its header before what it was given by the one above.
 *
 * ```
 * application                                  │こんにちは  │ 15 B data
 * transport                      │TCP 32 B     │            │ 47 B segment
 * internet             │IP 20 B  │                          │ 67 B packet
 * link          │14 B  │                                    │ 81 B frame
 * ```
 *
 * @param head what frame it is
 * @param isFull with what the headers say
 */
export function nestedHeaders(bytes: Uint8Array, head: Text, look: Look, width: number, isFull: boolean): Line[] {
  const title: Line = [styled(look.say(head), {bold: true})];
  const dissection = dissect(bytes);
  const shares = sharesOf(bytes, dissection, look);
  const form = roomyForm(width >= wideFrom ? wide : narrow, shares, look, width);
  const rows = [...shares.layers].reverse().map(layer => layerLine(layer, shares, form, look));
  return [title, ...rows, ...(isFull ? fieldLines(summarize(bytes, dissection), shares, look) : [])];
}

/** The data has as much room as it needs, or as there is beside the parts and their lengths. */
function roomyForm(form: Form, shares: Shares, look: Look, width: number): Form {
  const others = shares.layers.filter(layer => layer !== 'application');
  const borders = shares.layers.length + 1;
  const used = form.label + borders + others.reduce((sum, layer) => sum + form.parts[layer], 0);
  const lengths = shares.layers.map((layer, at) => widthOf([{text: lengthText(layer, at, shares, form, look)}]));
  const room = width - used - Math.max(0, ...lengths);
  const needed = widthOf([{text: partOf('application', shares, form, look)}]);
  const application = Math.max(form.parts.application, Math.min(needed, room));
  return {...form, parts: {...form.parts, application}};
}

function lengthText(layer: Layer, at: number, shares: Shares, {isWide}: Form, look: Look): string {
  return ` ${sizeFrom(at, shares)} B${isWide ? ` ${look.say(unitText[layer])}` : ''}`;
}

/** What each layer has put into a frame, for a row that names the layer: `TCP 32 B`. */
export function layerParts(bytes: Uint8Array, look: Look): Readonly<Partial<Record<Layer, string>>> {
  const shares = sharesOf(bytes, dissect(bytes), look);
  const part = (layer: Layer): string =>
    `${layer === 'link' ? '' : shortName(layer, shares, look)} ${shares.lengths[layer]} B`;
  return Object.fromEntries(shares.layers.map(layer => [layer, part(layer).trimStart()]));
}

function sharesOf(bytes: Uint8Array, {parts}: Dissection, look: Look): Shares {
  const lengthOf = (layer: Layer): number =>
    parts.filter(part => part.layer === layer).reduce((sum, {length}) => sum + length, 0);
  const lengths = {
    link: lengthOf('link'),
    internet: lengthOf('internet'),
    transport: lengthOf('transport'),
    application: lengthOf('application'),
  };
  const transport = parts.find(part => part.layer === 'transport')?.protocol ?? 'other';
  const data = parts.find(part => part.protocol === 'data');
  return {
    layers: outermostFirst.filter(layer => lengths[layer] > 0),
    lengths,
    transport: look.say(protocolText[transport]),
    data: data ? bytesOf(data, bytes) : new Uint8Array(),
  };
}

const bytesOf = ({offset, length}: Part, bytes: Uint8Array): Uint8Array => bytes.subarray(offset, offset + length);

function layerLine(layer: Layer, shares: Shares, form: Form, look: Look): Line {
  const at = shares.layers.indexOf(layer);
  const cells = (some: readonly Layer[]): number => some.reduce((sum, other) => sum + form.parts[other] + 1, 0);
  const outside = cells(shares.layers.slice(0, at));
  const inside = cells(shares.layers.slice(at + 1));
  const border = styled(look.glyphs.vertical, {dim: true});
  const label = form.isWide ? look.say(layerText[layer]) : shortName(layer, shares, look);
  return [
    ...fitLine([{text: label}], form.label),
    {text: ' '.repeat(outside)},
    border,
    ...fitLine([styled(partOf(layer, shares, form, look), {bold: true})], form.parts[layer]),
    ...(inside > 0 ? [border, {text: ' '.repeat(inside - 1)}] : []),
    border,
    styled(lengthText(layer, at, shares, form, look), {dim: true}),
  ];
}

/** Bytes of a layer's part and of all that is inside it. */
const sizeFrom = (at: number, {layers, lengths}: Shares): number =>
  layers.slice(at).reduce((sum, layer) => sum + lengths[layer], 0);

function partOf(layer: Layer, shares: Shares, form: Form, look: Look): string {
  const {lengths, data} = shares;
  if (layer === 'application') return harmlessText(data.subarray(0, dataShown), look.ascii);
  const name = layer === 'link' ? '' : shortName(layer, shares, look);
  const length = `${lengths[layer]}${form.isWide || layer === 'link' ? ' B' : ''}`;
  return `${name} ${length}`.trimStart();
}

const shortName = (layer: Layer, {transport}: Shares, look: Look): string =>
  layer === 'transport' ? transport : look.say(partText[layer]);

/** More bytes of data than fit into their part. */
const dataShown = 64;
/** More than fit into a line. */
const dataBytesShown = 256;

/** What the headers say of the two ends, and the data. */
function fieldLines(summary: Summary | null, {data}: Shares, look: Look): Line[] {
  const to = ` ${look.glyphs.right} `;
  const fields: [string, string][] = [];
  if (data.length > 0)
    fields.push([look.say(layersText.data), [...data.subarray(0, dataBytesShown)].map(hex).join(' ')]);
  if (summary?.kind === 'tcp' || summary?.kind === 'udp') {
    const ends = [summary.from, summary.to];
    const protocol = look.say(protocolText[summary.kind]);
    fields.push([look.say(layersText.ports, {protocol}), ends.map(({port}) => port).join(to)]);
    fields.push([look.say(layersText.addresses), ends.map(({host}) => host).join(to)]);
  }
  const label = 2 + Math.max(...fields.map(([name]) => widthOf([{text: name}])));
  return fields.map(([name, value]): Line => [...fitLine([styled(name, {dim: true})], label), {text: value}]);
}
