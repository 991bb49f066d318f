import {ipv4Text, macText} from './address-text.ts';
import {type FieldPlace, type Header, partOf, readLayout, type Scope, stopped} from './layout.ts';
import {numberIn} from './values.ts';

/** RFC 826. RFC 1122 section 2.3.2 has it at the link layer. */
const head: readonly FieldPlace[] = [
  {name: 'arp-hardware-type', offset: 0, length: 2},
  {name: 'arp-protocol-type', offset: 2, length: 2},
  {name: 'arp-hardware-length', offset: 4, length: 1},
  {name: 'arp-protocol-length', offset: 5, length: 1},
  {name: 'arp-operation', offset: 6, length: 2},
];
/** The addresses, where the hardware is Ethernet and the protocol IPv4. */
const addresses: readonly FieldPlace[] = [
  {name: 'arp-sender-mac', offset: 8, length: 6, address: macText},
  {name: 'arp-sender-ip', offset: 14, length: 4, address: ipv4Text},
  {name: 'arp-target-mac', offset: 18, length: 6, address: macText},
  {name: 'arp-target-ip', offset: 24, length: 4, address: ipv4Text},
];
const headLength = 8;
const ethernet = 1;
const ipv4 = 0x0800;

export function readArp(scope: Scope): Header {
  const {fields, problem} = readLayout(scope, head);
  const headPart = partOf('arp', 'link', scope.start, fields);
  if (problem) return stopped(headPart, problem);
  const [hardware, protocol] = [numberIn(fields, 'arp-hardware-type'), numberIn(fields, 'arp-protocol-type')];
  if (hardware === ethernet && numberIn(fields, 'arp-hardware-length') !== 6)
    return stopped(headPart, {kind: 'bad-length', at: scope.start + 4});
  if (protocol === ipv4 && numberIn(fields, 'arp-protocol-length') !== 4)
    return stopped(headPart, {kind: 'bad-length', at: scope.start + 5});
  if (hardware !== ethernet || protocol !== ipv4) return foreignAddresses(scope, headPart);
  const rest = readLayout(scope, addresses);
  return stopped(partOf('arp', 'link', scope.start, [...fields, ...rest.fields]), rest.problem);
}

/** Of other hardware or another protocol the addresses are not read. */
const foreignAddresses = (scope: Scope, part: Header['part']): Header => ({
  part,
  inside: {...scope, protocol: 'other', layer: 'link', start: scope.start + headLength},
  problem: null,
});
