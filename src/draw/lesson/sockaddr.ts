import {hex} from '../../messages/harmless.ts';
import {sockaddrText} from '../../messages/sockaddr.ts';
import type {Size} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled, widthOf} from '../text/spans.ts';
import {cells, wrap} from '../text/wrap.ts';

type FieldName = keyof typeof sockaddrText;

interface Field {
  readonly name: FieldName;
  readonly length: number;
}

const inet: readonly Field[] = [
  {name: 'sin_family', length: 2},
  {name: 'sin_port', length: 2},
  {name: 'sin_addr', length: 4},
  {name: 'sin_zero', length: 8},
];
const inet6: readonly Field[] = [
  {name: 'sin6_family', length: 2},
  {name: 'sin6_port', length: 2},
  {name: 'sin6_flowinfo', length: 4},
  {name: 'sin6_addr', length: 16},
  {name: 'sin6_scope_id', length: 4},
];
const unix: readonly Field[] = [
  {name: 'sun_family', length: 2},
  {name: 'sun_path', length: 108},
];

/**
 * A socket address byte by byte, field by field (man 7 ip, ipv6, unix).
 *
 * ```
 * sin_family  02 00        AF_INET, in this machine's byte order
 * sin_port    1f 90        8080, in network byte order
 * ```
 */
export function sockaddrLines(bytes: Uint8Array, look: Look, {width, height}: Size): Line[] {
  const fields = fieldsOf(bytes);
  let start = 0;
  const rows = fields.map(({name, length}): readonly [Line, string] | null => {
    const own = bytes.subarray(start, start + length);
    start += length;
    if (own.length === 0) return null;
    const shown = [...own.subarray(0, 16)].map(hex).join(' ') + (own.length > 16 ? ' ..' : '');
    const bytesOf = fitLine([{text: shown}], Math.max(13, shown.length + 2));
    const head: Line = [...fitLine([styled(name, {bold: true})], nameWidth), ...bytesOf];
    return [head, look.say(sockaddrText[name], {value: fieldValue(name, own)})];
  });
  return withMeanings(
    rows.filter(row => row !== null),
    width,
    height,
  );
}
const nameWidth = 14;

/** What the bytes mean stands behind them, and where it has no room there goes on under them while there are rows. */
function withMeanings(
  rows: readonly (readonly [head: Line, meaning: string])[],
  width: number,
  height: number,
): Line[] {
  let left = height - rows.length;
  return rows.flatMap(([head, meaning]): Line[] => {
    const room = width - widthOf(head);
    const beside = room >= leastMeaning ? wrap(meaning, room) : [];
    const below = ['', ...wrap(meaning, width - nameWidth)];
    const isBeside = beside.length > 0 && beside.length < below.length;
    const under = isBeside ? beside : below;
    if (cells(meaning) <= room || under.length - 1 > left) return [[...head, styled(meaning, {dim: true})]];
    left -= under.length - 1;
    const indent = ' '.repeat(isBeside ? width - room : nameWidth);
    return under.map((text, i) => [...(i === 0 ? head : [{text: indent}]), styled(text, {dim: true})]);
  });
}
/** In fewer cells no meaning is read. */
const leastMeaning = 12;

/** By the family, which is in the byte order of the machine (include/linux/socket.h): a path may be of any length. */
function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const family = bytes[0] || bytes[1];
  return family === 2 ? inet : family === 10 ? inet6 : unix;
}

function fieldValue(name: FieldName, bytes: Uint8Array): string {
  if (name.endsWith('port')) return String(((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0));
  if (name === 'sin_addr') return bytes.join('.');
  return '';
}
