import type {Protocol} from '../model/wire.ts';
import {macText} from './address-text.ts';
import {type FieldPlace, type Header, partOf, readLayout, type Scope, stopped} from './layout.ts';
import {numberIn} from './values.ts';

/** IEEE 802.3 clause 3, with a type as in RFC 894. `lo` has this header too, its addresses being zeros. */
const layout: readonly FieldPlace[] = [
  {name: 'eth-destination', offset: 0, length: 6, address: macText},
  {name: 'eth-source', offset: 6, length: 6, address: macText},
  {name: 'eth-type', offset: 12, length: 2},
];
const headerLength = 14;

/** IANA's EtherTypes. All else is not taken apart: tags (IEEE 802.1Q), and numbers below 0x600, which are lengths. */
const inside: Readonly<Record<number, Protocol>> = {2048: 'ipv4', 2054: 'arp', 34525: 'ipv6'};

export function readEthernet(scope: Scope): Header {
  const {fields, problem} = readLayout(scope, layout);
  const part = partOf('ethernet', 'link', scope.start, fields);
  if (problem) return stopped(part, problem);
  const protocol = inside[numberIn(fields, 'eth-type')] ?? 'other';
  const start = scope.start + headerLength;
  return {part, inside: {...scope, protocol, layer: 'link', start}, problem};
}
