import {type Field, tcpFlags} from '../model/wire.ts';
import {flagNames} from './flags.ts';
import {type FieldPlace, type Header, type Problem, partOf, readLayout, type Scope, stopped} from './layout.ts';
import {readOptions} from './options.ts';
import {tcpOption} from './tcp-option.ts';
import {numberIn} from './values.ts';

const flags = flagNames(tcpFlags);

/** RFC 9293 section 3.1. */
const layout: readonly FieldPlace[] = [
  {name: 'tcp-source-port', offset: 0, length: 2},
  {name: 'tcp-destination-port', offset: 2, length: 2},
  {name: 'tcp-sequence', offset: 4, length: 4},
  {name: 'tcp-acknowledgment', offset: 8, length: 4},
  {name: 'tcp-data-offset', offset: 12, length: 1, bits: {first: 0, count: 4}},
  {name: 'tcp-reserved', offset: 12, length: 1, bits: {first: 4, count: 4}},
  {name: 'tcp-flags', offset: 13, length: 1, bits: {first: 0, count: 8}, flags},
  {name: 'tcp-window', offset: 14, length: 2},
  {name: 'tcp-checksum', offset: 16, length: 2},
  {name: 'tcp-urgent', offset: 18, length: 2},
];
const fixedLength = 20;

export function readTcp(scope: Scope): Header {
  const {fields, problem} = readLayout(scope, layout);
  const headerEnd = scope.start + 4 * numberIn(fields, 'tcp-data-offset');
  const wrong = problem ?? wrongOffset(scope, headerEnd);
  if (wrong) return stopped(partOf('tcp', 'transport', scope.start, fields), wrong);
  const options = readTcpOptions({...scope, start: scope.start + fixedLength, end: headerEnd});
  const part = partOf('tcp', 'transport', scope.start, [...fields, ...options.fields]);
  if (options.problem) return stopped(part, options.problem);
  return {part, inside: {...scope, protocol: 'data', layer: 'application', start: headerEnd}, problem: null};
}

const wrongOffset = ({start, end}: Scope, headerEnd: number): Problem | null =>
  headerEnd < start + fixedLength || headerEnd > end ? {kind: 'bad-length', at: start + 12} : null;

function readTcpOptions(scope: Scope): {fields: Field[]; problem: Problem | null} {
  const {options, problem} = readOptions(scope);
  return {fields: options.map(option => tcpOption(scope.bytes, option)), problem};
}
