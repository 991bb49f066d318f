import {hex} from '../../messages/harmless.ts';
import {sockaddrText} from '../../messages/sockaddr.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled} from '../text/spans.ts';

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
export function sockaddrLines(bytes: Uint8Array, look: Look): Line[] {
  const fields = fieldsOf(bytes);
  let start = 0;
  return fields.flatMap(({name, length}): Line[] => {
    const own = bytes.subarray(start, start + length);
    start += length;
    if (own.length === 0) return [];
    const shown = [...own.subarray(0, 16)].map(hex).join(' ') + (own.length > 16 ? ' ..' : '');
    return [
      [
        ...fitLine([styled(name, {bold: true})], 14),
        ...fitLine([{text: shown}], Math.max(13, shown.length + 2)),
        styled(look.say(sockaddrText[name], {value: fieldValue(name, own)}), {dim: true}),
      ],
    ];
  });
}

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
