import {
  type Dissection,
  type Field,
  type FieldName,
  type Part,
  type Protocol,
  type Summary,
  tcpFlags,
  type WireEnd,
} from '../model/wire.ts';
import {checksumOf} from './checksum.ts';
import {dissect, dissectFrom} from './dissect.ts';
import {packetAround} from './packet.ts';
import {namesIn, numberIn, numbersIn, textIn, valueIn} from './values.ts';

/**
 * What one line says of a frame. Null when not even its first header can be read; `other` with the innermost protocol that
 * there is a header of, when that header is not whole or says nothing that is summed up here.
 */
export const summaryOf = (bytes: Uint8Array, length = bytes.length): Summary | null =>
  summarize(bytes, dissect(bytes, length));

/** The same for a frame that was taken apart already. */
export function summarize(bytes: Uint8Array, dissection: Dissection): Summary | null {
  const {parts} = dissection;
  const [outermost] = parts;
  const innermost = parts.findLast(({protocol}) => lastField[protocol] !== undefined);
  if (!outermost || !innermost || !isWhole(outermost)) return null;
  const summary = isWhole(innermost) ? summaries[innermost.protocol]?.(bytes, dissection, innermost) : null;
  return summary ?? {kind: 'other', protocol: innermost.protocol};
}

/** The field with which the part of each header that is always there ends. */
const lastField: Readonly<Partial<Record<Protocol, FieldName>>> = {
  ethernet: 'eth-type',
  arp: 'arp-target-ip',
  ipv4: 'ip-destination',
  ipv6: 'ip6-destination',
  icmp: 'icmp-rest',
  icmpv6: 'icmp-rest',
  tcp: 'tcp-urgent',
  udp: 'udp-checksum',
};

const isWhole = ({protocol, fields}: Part): boolean => fields.some(({name}) => name === lastField[protocol]);

type Summing = (bytes: Uint8Array, dissection: Dissection, part: Part) => Summary | null;

const summaries: Readonly<Partial<Record<Protocol, Summing>>> = {
  arp: (_bytes, _dissection, {fields}) => ({
    kind: 'arp',
    operation: numberIn(fields, 'arp-operation'),
    sender: {mac: textIn(fields, 'arp-sender-mac'), ip: textIn(fields, 'arp-sender-ip')},
    target: {mac: textIn(fields, 'arp-target-mac'), ip: textIn(fields, 'arp-target-ip')},
  }),
  icmp: icmpSummary,
  icmpv6: icmpSummary,
  tcp: tcpSummary,
  udp: (bytes, dissection, part) => ({
    kind: 'udp',
    ...endsOf(dissection, part, 'udp-source-port', 'udp-destination-port'),
    length: Math.max(0, numberIn(part.fields, 'udp-length') - 8),
    ttl: ttlOf(dissection),
    checksum: checksumOf(bytes, dissection, part) ?? 'unknown',
  }),
};

function tcpSummary(bytes: Uint8Array, dissection: Dissection, part: Part): Summary {
  const {fields, offset} = part;
  const flags = namesIn(fields, 'tcp-flags');
  const headerLength = Math.max(20, 4 * numberIn(fields, 'tcp-data-offset'));
  const end = packetAround(dissection.parts)?.end ?? 0;
  return {
    kind: 'tcp',
    ...endsOf(dissection, part, 'tcp-source-port', 'tcp-destination-port'),
    flags: tcpFlags.filter(flag => flags.includes(flag)),
    sequence: numberIn(fields, 'tcp-sequence'),
    acknowledgment: numberIn(fields, 'tcp-acknowledgment'),
    window: numberIn(fields, 'tcp-window'),
    length: Math.max(0, end - offset - headerLength),
    ttl: ttlOf(dissection),
    checksum: checksumOf(bytes, dissection, part) ?? 'unknown',
    ...optionsOf(fields),
  };
}

type Options = Pick<Extract<Summary, {kind: 'tcp'}>, 'mss' | 'windowScale' | 'sackPermitted' | 'timestamps' | 'sack'>;

function optionsOf(fields: readonly Field[]): Options {
  const [mss, windowScale] = [valueIn(fields, 'tcp-option-mss'), valueIn(fields, 'tcp-option-window-scale')];
  const [value, echo] = numbersIn(fields, 'tcp-option-timestamps');
  const sack = numbersIn(fields, 'tcp-option-sack');
  return {
    ...(typeof mss === 'number' ? {mss} : {}),
    ...(typeof windowScale === 'number' ? {windowScale} : {}),
    ...(valueIn(fields, 'tcp-option-sack-permitted') === undefined ? {} : {sackPermitted: true}),
    ...(value !== undefined && echo !== undefined ? {timestamps: [value, echo]} : {}),
    ...(sack.length > 0 ? {sack: blocksOf(sack)} : {}),
  };
}

const blocksOf = (edges: readonly number[]): (readonly [number, number])[] =>
  edges.flatMap((from, i) => (i % 2 === 0 ? [[from, edges[i + 1] ?? from] as const] : []));

function icmpSummary(bytes: Uint8Array, dissection: Dissection, part: Part): Summary {
  const version = part.protocol === 'icmp' ? 4 : 6;
  const about = aboutOf(bytes, part, version);
  return {
    kind: 'icmp',
    ...hostsOf(dissection),
    type: numberIn(part.fields, 'icmp-type'),
    code: numberIn(part.fields, 'icmp-code'),
    version,
    ...(about ? {about} : {}),
  };
}

/** The packet in an error, of which that brings only the beginning. An error in there is not looked into again. */
function aboutOf(bytes: Uint8Array, {fields}: Part, version: 4 | 6): Summary | null {
  const original = fields.find(({name}) => name === 'icmp-original');
  if (!original) return null;
  const packet = bytes.subarray(original.offset, original.offset + original.length);
  const outermost = {protocol: version === 4 ? 'ipv4' : 'ipv6', layer: 'internet'} as const;
  const {parts, ...rest} = dissectFrom(outermost, packet, Number.MAX_SAFE_INTEGER);
  return summarize(packet, {...rest, parts: parts.map(withoutOriginal)});
}

const withoutOriginal = (part: Part): Part => ({
  ...part,
  fields: part.fields.filter(({name}) => name !== 'icmp-original'),
});

interface Ends {
  readonly from: WireEnd;
  readonly to: WireEnd;
}

function endsOf(dissection: Dissection, {fields}: Part, source: FieldName, destination: FieldName): Ends {
  const {from, to} = hostsOf(dissection);
  return {
    from: {host: from, port: numberIn(fields, source)},
    to: {host: to, port: numberIn(fields, destination)},
  };
}

function hostsOf({parts}: Dissection): {from: string; to: string} {
  const packet = packetAround(parts);
  return {from: packet?.from ?? '', to: packet?.to ?? ''};
}

const ttlOf = ({parts}: Dissection): number => packetAround(parts)?.ttl ?? 0;
