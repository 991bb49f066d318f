import {type FieldPlace, type Header, type Problem, partOf, readLayout, type Scope, stopped} from './layout.ts';
import {numberIn} from './values.ts';

/** RFC 768. */
const layout: readonly FieldPlace[] = [
  {name: 'udp-source-port', offset: 0, length: 2},
  {name: 'udp-destination-port', offset: 2, length: 2},
  {name: 'udp-length', offset: 4, length: 2},
  {name: 'udp-checksum', offset: 6, length: 2},
];
const headerLength = 8;

export function readUdp(scope: Scope): Header {
  const {fields, problem} = readLayout(scope, layout);
  const part = partOf('udp', 'transport', scope.start, fields);
  const length = numberIn(fields, 'udp-length');
  const wrong = problem ?? wrongLength(scope, length);
  if (wrong) return stopped(part, wrong);
  const end = Math.min(scope.start + length, scope.end);
  const start = scope.start + headerLength;
  return {part, inside: {...scope, protocol: 'data', layer: 'application', start, end}, problem: null};
}

/** The length counts the header too. In the first fragment the datagram may be longer than what is here. */
const wrongLength = ({start, end, isFragment}: Scope, length: number): Problem | null =>
  length < headerLength || (!isFragment && start + length > end) ? {kind: 'bad-length', at: start + 4} : null;
