import type {Field} from '../model/wire.ts';
import {ipv4Text} from './address-text.ts';
import {flagNames} from './flags.ts';
import {insideOfIp} from './inside-of-ip.ts';
import {type FieldPlace, type Header, hexOf, type Problem, partOf, readLayout, type Scope, stopped} from './layout.ts';
import {readOptions} from './options.ts';
import {namesIn, numberIn} from './values.ts';

/** RFC 791 section 3.1; DSCP: RFC 2474, ECN: RFC 3168. */
const layout: readonly FieldPlace[] = [
  {name: 'ip-version', offset: 0, length: 1, bits: {first: 0, count: 4}},
  {name: 'ip-header-length', offset: 0, length: 1, bits: {first: 4, count: 4}},
  {name: 'ip-dscp', offset: 1, length: 1, bits: {first: 0, count: 6}},
  {name: 'ip-ecn', offset: 1, length: 1, bits: {first: 6, count: 2}},
  {name: 'ip-total-length', offset: 2, length: 2},
  {name: 'ip-identification', offset: 4, length: 2},
  {name: 'ip-flags', offset: 6, length: 1, bits: {first: 0, count: 3}, flags: flagNames(['reserved', 'DF', 'MF'])},
  {name: 'ip-fragment-offset', offset: 6, length: 2, bits: {first: 3, count: 13}},
  {name: 'ip-ttl', offset: 8, length: 1},
  {name: 'ip-protocol', offset: 9, length: 1},
  {name: 'ip-checksum', offset: 10, length: 2},
  {name: 'ip-source', offset: 12, length: 4, address: ipv4Text},
  {name: 'ip-destination', offset: 16, length: 4, address: ipv4Text},
];
const fixedLength = 20;

export function readIpv4(scope: Scope): Header {
  const {fields, problem} = readLayout(scope, layout);
  const version = fields.slice(0, 1);
  if (version.length > 0 && numberIn(version, 'ip-version') !== 4)
    return stopped(partOf('ipv4', 'internet', scope.start, version), {kind: 'bad-version', at: scope.start});
  const wrong = problem ?? wrongLength(scope, fields);
  if (wrong) return stopped(partOf('ipv4', 'internet', scope.start, fields), wrong);

  const optionsStart = scope.start + fixedLength;
  const headerEnd = scope.start + 4 * numberIn(fields, 'ip-header-length');
  const options = readIpOptions({...scope, start: optionsStart, end: headerEnd});
  const part = partOf('ipv4', 'internet', scope.start, [...fields, ...options.fields]);
  if (options.problem) return stopped(part, options.problem);
  const isLater = numberIn(fields, 'ip-fragment-offset') > 0;
  const carried = insideOfIp(numberIn(fields, 'ip-protocol'), isLater);
  const end = scope.start + numberIn(fields, 'ip-total-length');
  return {part, inside: {...scope, ...carried, start: headerEnd, end, isFragment: hasMore(fields)}, problem: null};
}

/** RFC 791 wants at least five words of header, and the whole packet in the frame. */
function wrongLength(scope: Scope, fields: readonly Field[]): Problem | null {
  const header = 4 * numberIn(fields, 'ip-header-length');
  const total = numberIn(fields, 'ip-total-length');
  if (header < fixedLength) return {kind: 'bad-length', at: scope.start};
  return total < header || scope.start + total > scope.end ? {kind: 'bad-length', at: scope.start + 2} : null;
}

/** All options as one field, up to the first that cannot be read. */
function readIpOptions(scope: Scope): {fields: Field[]; problem: Problem | null} {
  const {options, problem} = readOptions(scope);
  const last = options.at(-1);
  if (!last) return {fields: [], problem};
  const length = last.offset + last.length - scope.start;
  const value = hexOf(scope.bytes.subarray(scope.start, scope.start + length));
  return {fields: [{name: 'ip-options', offset: scope.start, length, value}], problem};
}

const hasMore = (fields: readonly Field[]): boolean => namesIn(fields, 'ip-flags').includes('MF');
