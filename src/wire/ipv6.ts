import type {Field} from '../model/wire.ts';
import {ipv6Text} from './address-text.ts';
import {insideOfIp} from './inside-of-ip.ts';
import {
  type FieldPlace,
  type Header,
  missing,
  numberAt,
  type Problem,
  partOf,
  readLayout,
  type Scope,
  stopped,
} from './layout.ts';
import {numberIn} from './values.ts';

/** RFC 8200 section 3. */
const layout: readonly FieldPlace[] = [
  {name: 'ip6-version', offset: 0, length: 1, bits: {first: 0, count: 4}},
  {name: 'ip6-traffic-class', offset: 0, length: 2, bits: {first: 4, count: 8}},
  {name: 'ip6-flow-label', offset: 1, length: 3, bits: {first: 4, count: 20}},
  {name: 'ip6-payload-length', offset: 4, length: 2},
  {name: 'ip6-next-header', offset: 6, length: 1},
  {name: 'ip6-hop-limit', offset: 7, length: 1},
  {name: 'ip6-source', offset: 8, length: 16, address: ipv6Text},
  {name: 'ip6-destination', offset: 24, length: 16, address: ipv6Text},
];
const fixedLength = 40;

export function readIpv6(scope: Scope): Header {
  const {fields, problem} = readLayout(scope, layout);
  const version = fields.slice(0, 1);
  if (version.length > 0 && numberIn(version, 'ip6-version') !== 6)
    return stopped(partOf('ipv6', 'internet', scope.start, version), {kind: 'bad-version', at: scope.start});
  const start = scope.start + fixedLength;
  const end = start + numberIn(fields, 'ip6-payload-length');
  const tooLong: Problem | null = end > scope.end ? {kind: 'bad-length', at: scope.start + 4} : null;
  const wrong = problem ?? tooLong;
  if (wrong) return stopped(partOf('ipv6', 'internet', scope.start, fields), wrong);

  const extensions = readExtensions({...scope, start, end}, numberIn(fields, 'ip6-next-header'));
  const part = partOf('ipv6', 'internet', scope.start, [...fields, ...extensions.fields]);
  if (extensions.problem) return stopped(part, extensions.problem);
  const {next, isLater, isFragment} = extensions;
  const inside = {...scope, ...insideOfIp(next, isLater), start: start + extensions.length, end, isFragment};
  return {part, inside, problem: null};
}

/** RFC 8200 section 4, and the numbers of IANA: those whose form is known here. */
const hopByHop = 0;
const routing = 43;
const fragment = 44;
const destination = 60;

/** More than any packet of this world has: a longer chain is not followed, so that hostile ones cost no time. */
const extensionsAtMost = 16;

interface Extensions {
  readonly fields: readonly Field[];
  /** Bytes of them all. */
  readonly length: number;
  /** What comes after the last. */
  readonly next: number;
  readonly isFragment: boolean;
  /** A fragment that is not the first. */
  readonly isLater: boolean;
  readonly problem: Problem | null;
}

/** Each header is one field. Behind a later fragment's own header there are none: that is the middle of something. */
function readExtensions(scope: Scope, first: number): Extensions {
  let found: Extensions = {fields: [], length: 0, next: first, isFragment: false, isLater: false, problem: null};
  while (isExtension(found.next) && !found.isLater && found.fields.length < extensionsAtMost) {
    const offset = scope.start + found.length;
    // Eight bytes are the least: they hold the length.
    const problem = missing(scope, offset, 8) ?? missing(scope, offset, lengthOf(scope.bytes, offset, found.next));
    if (problem) return {...found, problem};
    found = withExtension(found, scope.bytes, offset);
  }
  return found;
}

const isExtension = (next: number): boolean => [hopByHop, routing, fragment, destination].includes(next);

/** In units of 8 bytes, not counting the first 8. The fragment header has no length. */
const lengthOf = (bytes: Uint8Array, offset: number, kind: number): number =>
  kind === fragment ? 8 : 8 * (1 + numberAt(bytes, offset + 1, 1));

function withExtension(before: Extensions, bytes: Uint8Array, offset: number): Extensions {
  const kind = before.next;
  const next = numberAt(bytes, offset, 1);
  const length = lengthOf(bytes, offset, kind);
  const [position, more] = [numberAt(bytes, offset + 2, 2) >>> 3, numberAt(bytes, offset + 3, 1) & 1];
  const isFragment = kind === fragment;
  const value = isFragment ? [kind, next, position, more, numberAt(bytes, offset + 4, 4)] : [kind, next];
  return {
    ...before,
    fields: [...before.fields, {name: 'ip6-extension', offset, length, value}],
    length: before.length + length,
    next,
    isFragment: before.isFragment || (isFragment && (position > 0 || more === 1)),
    isLater: isFragment && position > 0,
  };
}
