import {harmlessText, hex} from '../src/messages/harmless.ts';
import {layersText, layerText, partText, unitText} from '../src/messages/layers.ts';
import {recordedFrame} from '../src/model/frame.ts';
import {type Layer, layers} from '../src/model/layers.ts';
import type {Look} from './look.ts';
import {fitLine, type Line, styled, widthOf} from './spans.ts';

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

/**
 * The recorded frame: each layer puts its header before what it was given by the one above.
 *
 * ```
 * application                                  │こんにちは  │ 15 B data
 * transport                      │TCP 32 B     │            │ 47 B segment
 * internet             │IP 20 B  │                          │ 67 B packet
 * link          │14 B  │                                    │ 81 B frame
 * ```
 *
 * @param isFull with what the headers say
 */
export function frameLines(look: Look, width: number, isFull: boolean): Line[] {
  const form = width >= wideFrom ? wide : narrow;
  const head: Line = [styled(look.say(layersText.recorded), {bold: true, color: 'yellow'})];
  const rows = layers.map(({layer}) => layerLine(layer, form, look));
  return [head, ...rows, ...(isFull ? fieldLines(look) : [])];
}

function layerLine(layer: Layer, form: Form, look: Look): Line {
  const at = outermostFirst.indexOf(layer);
  const outside = outermostFirst.slice(0, at).reduce((sum, other) => sum + form.parts[other] + 1, 0);
  const inside = outermostFirst.slice(at + 1).reduce((sum, other) => sum + form.parts[other] + 1, 0);
  const border = styled(look.glyphs.vertical, {dim: true});
  const label = look.say(form.isWide ? layerText[layer] : partText[layer]);
  const unit = form.isWide ? ` ${look.say(unitText[layer])}` : '';
  return [
    ...fitLine([{text: label}], form.label),
    {text: ' '.repeat(outside)},
    border,
    ...fitLine([styled(partOf(layer, form, look), {bold: true})], form.parts[layer]),
    ...(inside > 0 ? [border, {text: ' '.repeat(inside - 1)}] : []),
    border,
    styled(` ${sizeFrom(at)} B${unit}`, {dim: true}),
  ];
}

/** Bytes of a layer's part and of all that is inside it. */
const sizeFrom = (at: number): number =>
  outermostFirst.slice(at).reduce((sum, layer) => sum + recordedFrame.lengths[layer], 0);

function partOf(layer: Layer, form: Form, look: Look): string {
  const length = recordedFrame.lengths[layer];
  if (layer === 'application') return harmlessText(recordedFrame.data, look.ascii);
  const name = layer === 'link' ? '' : `${look.say(partText[layer])} `;
  return form.isWide || layer === 'link' ? `${name}${length} B` : `${name}${length}`;
}

/** What the headers say that the lesson speaks of. */
function fieldLines(look: Look): Line[] {
  const {ports, addresses, data} = recordedFrame;
  const to = ` ${look.glyphs.right} `;
  const fields: readonly [string, string][] = [
    [look.say(layersText.data), [...data].map(hex).join(' ')],
    [look.say(layersText.ports), ports.join(to)],
    [look.say(layersText.addresses), addresses.join(to)],
  ];
  const label = 2 + Math.max(...fields.map(([name]) => widthOf([{text: name}])));
  return fields.map(([name, value]): Line => [...fitLine([styled(name, {dim: true})], label), {text: value}]);
}
