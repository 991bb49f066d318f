import type {Inside} from './layout.ts';

/** IANA's protocol numbers, the same for IPv4's protocol and IPv6's next header. Those that are not here are not taken apart. */
const carried: Readonly<Record<number, Pick<Inside, 'protocol' | 'layer'>>> = {
  1: {protocol: 'icmp', layer: 'internet'},
  6: {protocol: 'tcp', layer: 'transport'},
  17: {protocol: 'udp', layer: 'transport'},
  58: {protocol: 'icmpv6', layer: 'internet'},
};

/** What an IP packet carries. A later fragment begins in the middle of it: there is no header to read (RFC 791 section 3.2). */
export const insideOfIp = (number: number, isLaterFragment: boolean): Pick<Inside, 'protocol' | 'layer'> =>
  (isLaterFragment ? undefined : carried[number]) ?? {protocol: 'other', layer: 'transport'};
