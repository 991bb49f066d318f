import type {Language, Text} from '../model/text.ts';
import type {Field, Part} from '../model/wire.ts';
import {fill} from './fill.ts';
import {quoted} from './notation.ts';
import {arpOperations, ecnCodepoints, etherTypes, icmpCodes, icmpTypes, ipProtocols} from './protocol-numbers.ts';
import {tcpFlagsText} from './segment.ts';

export interface Showing {
  /** The part that the field is of: what an ICMP code says depends on the type beside it. */
  readonly part?: Part;
  readonly ascii?: boolean;
}

/**
 * The value of a field as it is written down, and what it stands for: `0x0800 IPv4`, `5 (20 bytes)`, `SYN, ACK`. Bytes are
 * shown as text that steers no terminal, and cut where they are many.
 */
export function fieldValueText(field: Field, language: Language, {part, ascii = false}: Showing = {}): string {
  const {name, value} = field;
  if (name === 'tcp-flags' || name === 'ip-flags') return flagsText(field, language);
  if (typeof value === 'string') return isBytes(name) ? bytesText(name, value, ascii) : value;
  if (typeof value === 'number') return numberText(field, value, language, part);
  return listText(name, value.map(Number), language);
}

const none: Text = {ja: 'なし', en: 'none'};
const bytes: Text = {ja: '{count} バイト', en: '{count} {count|byte|bytes}'};

function flagsText({name, value}: Field, language: Language): string {
  const flags = typeof value === 'object' ? value.map(String) : [];
  const text = name === 'tcp-flags' ? tcpFlagsText(flags) : flags.join(', ');
  return text === '' ? fill(none, language) : text;
}

const isBytes = (name: Field['name']): boolean =>
  name === 'data' || name === 'other' || name === 'ip-options' || name === 'icmp-original';

/** More bytes than this are cut, of those that are shown in hexadecimal. */
const hexShown = 16;

/** What the application sent as text; what was not taken apart as numbers. */
function bytesText(name: Field['name'], value: string, ascii: boolean): string {
  const all = Buffer.from(value, 'hex');
  if (name === 'data') return quoted(all, ascii);
  return `${hexPairs(all.subarray(0, hexShown))}${all.length > hexShown ? ' ...' : ''}`;
}

const hexPairs = (some: Uint8Array): string => [...some].map(byte => hexNumber(byte, 2).slice(2)).join(' ');

const hexNumber = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

function numberText({name}: Field, value: number, language: Language, part: Part | undefined): string {
  const named = (meaning: string | Text | undefined): string => withMeaning(String(value), meaning, language);
  const counted = (count: number): string => `${value} (${fill(bytes, language, {count})})`;
  switch (name) {
    case 'eth-type':
    case 'arp-protocol-type':
      return withMeaning(hexNumber(value, 4), etherTypes[value], language);
    case 'arp-hardware-type':
      return named(value === 1 ? {ja: 'イーサネット', en: 'Ethernet'} : undefined);
    case 'arp-operation':
      return named(arpOperations[value]);
    case 'ip-protocol':
    case 'ip6-next-header':
      return named(ipProtocols[value]);
    case 'ip-ecn':
      return named(ecnCodepoints[value]);
    case 'ip-header-length':
    case 'tcp-data-offset':
      return counted(4 * value);
    case 'ip-fragment-offset':
      return value === 0 ? '0' : counted(8 * value);
    case 'ip-identification':
    case 'ip-checksum':
    case 'icmp-checksum':
    case 'tcp-checksum':
    case 'udp-checksum':
      return hexNumber(value, 4);
    case 'ip6-flow-label':
      return hexNumber(value, 5);
    case 'ip6-traffic-class':
      return hexNumber(value, 2);
    case 'icmp-rest':
      return hexNumber(value, 8);
    case 'icmp-type':
      return named(part && icmpTypes[versionOf(part)][value]);
    case 'icmp-code':
      return named(part && icmpCodes[versionOf(part)][typeIn(part)]?.[value]);
    case 'tcp-option-mss':
      return fill(bytes, language, {count: value});
    case 'tcp-option-window-scale':
      return named({ja: '{factor} 倍', en: 'times {factor}'}).replace(
        '{factor}',
        String(2 ** Math.min(value, mostScale)),
      );
    // They say all by being there.
    case 'tcp-option-end':
    case 'tcp-option-nop':
    case 'tcp-option-sack-permitted':
      return '';
    default:
      return String(value);
  }
}

/** RFC 7323 section 2.3: a larger one counts as this. */
const mostScale = 14;

function withMeaning(value: string, meaning: string | Text | undefined, language: Language): string {
  if (meaning === undefined) return value;
  return `${value} ${typeof meaning === 'string' ? meaning : fill(meaning, language)}`;
}

const versionOf = ({protocol}: Part): 4 | 6 => (protocol === 'icmpv6' ? 6 : 4);

function typeIn({fields}: Part): number {
  const type = fields.find(field => field.name === 'icmp-type')?.value;
  return typeof type === 'number' ? type : -1;
}

const listTexts = {
  echo: {ja: '識別子 {id}, 番号 {number}', en: 'identifier {id}, number {number}'},
  timestamps: {ja: '時計 {own}, 相手の時計 {echo}', en: 'clock {own}, the other side’s {echo}'},
  option: {ja: '種類 {kind}', en: 'kind {kind}'},
  extension: {ja: '{kind}, 次は {next}', en: '{kind}, then {next}'},
  fragment: {
    ja: '{kind} {position} から, 続き {more}, 識別子 {id}, 次は {next}',
    en: '{kind} from {position}, more: {more}, identification {id}, then {next}',
  },
  yes: {ja: 'あり', en: 'yes'},
  no: {ja: 'なし', en: 'no'},
} as const satisfies Record<string, Text>;

function listText(name: Field['name'], list: readonly number[], language: Language): string {
  const [first = 0, second = 0] = list;
  switch (name) {
    case 'icmp-rest':
      return fill(listTexts.echo, language, {id: first, number: second});
    case 'tcp-option-timestamps':
      return fill(listTexts.timestamps, language, {own: first, echo: second});
    case 'tcp-option-sack':
      return list.flatMap((from, i) => (i % 2 === 0 ? [`${from}-${list[i + 1]}`] : [])).join(', ');
    case 'tcp-option-other':
      return `${fill(listTexts.option, language, {kind: first})} ${hexPairs(Uint8Array.from(list.slice(1)))}`.trimEnd();
    case 'ip6-extension':
      return extensionText(list, language);
    default:
      return list.join(', ');
  }
}

function extensionText([kind = 0, next = 0, position, more, id = 0]: readonly number[], language: Language): string {
  const names = {kind: ipProtocols[kind] ?? kind, next: ipProtocols[next] ?? next};
  if (position === undefined) return fill(listTexts.extension, language, names);
  return fill(listTexts.fragment, language, {
    ...names,
    position: 8 * position,
    more: fill(more === 1 ? listTexts.yes : listTexts.no, language),
    id: hexNumber(id, 8),
  });
}
