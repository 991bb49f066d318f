import type {Field} from '../model/wire.ts';
import {
  availableEnd,
  type FieldPlace,
  type Header,
  hexOf,
  missing,
  numberAt,
  partOf,
  readLayout,
  type Scope,
  stopped,
} from './layout.ts';
import {numberIn} from './values.ts';

/** RFC 792, and RFC 4443 section 2.1. The meaning of the last four bytes depends on the type. */
const layout: readonly FieldPlace[] = [
  {name: 'icmp-type', offset: 0, length: 1},
  {name: 'icmp-code', offset: 1, length: 1},
  {name: 'icmp-checksum', offset: 2, length: 2},
  {name: 'icmp-rest', offset: 4, length: 4},
];
const headerLength = 8;

/** Types whose last four bytes are an identifier and a sequence number, and which carry data of the program that sent them. */
const echoes = {icmp: [0, 8], icmpv6: [128, 129]} as const;
/** Types that bring back the beginning of the packet which they are about. */
const errors = {icmp: [3, 4, 5, 11, 12], icmpv6: [1, 2, 3, 4]} as const;

export const readIcmp = (scope: Scope): Header => read('icmp', scope);
export const readIcmpv6 = (scope: Scope): Header => read('icmpv6', scope);

function read(protocol: 'icmp' | 'icmpv6', scope: Scope): Header {
  const {fields, problem} = readLayout(scope, layout);
  if (problem) return stopped(partOf(protocol, 'internet', scope.start, fields), problem);
  const type = numberIn(fields, 'icmp-type');
  const start = scope.start + headerLength;
  if (errors[protocol].some(one => one === type)) {
    const original = originalOf({...scope, start});
    const part = partOf(protocol, 'internet', scope.start, [...fields, ...original]);
    return stopped(part, missing(scope, start, scope.end - start));
  }
  const isEcho = echoes[protocol].some(one => one === type);
  const part = partOf(protocol, 'internet', scope.start, isEcho ? fields.map(withEcho(scope)) : fields);
  const inside = isEcho ? ({protocol: 'data', layer: 'application'} as const) : otherMessage;
  return {part, inside: {...scope, ...inside, start}, problem: null};
}

const otherMessage = {protocol: 'other', layer: 'internet'} as const;

const withEcho =
  ({bytes}: Scope) =>
  (field: Field): Field =>
    field.name === 'icmp-rest'
      ? {...field, value: [numberAt(bytes, field.offset, 2), numberAt(bytes, field.offset + 2, 2)]}
      : field;

function originalOf(scope: Scope): Field[] {
  const {bytes, start} = scope;
  const end = availableEnd(scope);
  if (end <= start) return [];
  return [{name: 'icmp-original', offset: start, length: end - start, value: hexOf(bytes.subarray(start, end))}];
}
