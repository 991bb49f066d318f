import type {Language, Text} from '../model/text.ts';
import type {Probe, SequenceBase, Summary, TcpFlag} from '../model/wire.ts';
import {fill} from './fill.ts';
import {icmpCodes, icmpTypes} from './protocol-numbers.ts';
import {protocolText} from './wire.ts';

/**
 * What a frame says, in one line and without its two ends: `SYN, ACK seq 0 ack 1 win 65483 mss 65495`.
 *
 * @param base what the numbers of TCP are counted from; null shows them as they are on the wire
 * @param probe what it is, where it asks for an ACK and does nothing else
 */
export function segmentText(
  summary: Summary,
  base: SequenceBase | null,
  language: Language,
  probe: Probe | null = null,
): string {
  switch (summary.kind) {
    case 'tcp':
      return `${tcpText(summary, base)}${probe ? ` (${fill(probeText[probe], language)})` : ''}`;
    case 'udp':
      return `UDP len ${summary.length}`;
    case 'icmp':
      return icmpText(summary, language);
    case 'arp':
      return arpText(summary, language);
    case 'other':
      return fill(protocolText[summary.protocol], language);
  }
}

const probeText: Record<Probe, Text> = {
  keepalive: {ja: 'キープアライブのプローブ', en: 'keepalive probe'},
  window: {ja: 'プローブ: 相手のウィンドウは 0 のまま', en: 'probe: the peer’s window was 0'},
};

/** In the order in which they are said: `SYN, ACK`. */
const spoken: readonly TcpFlag[] = ['SYN', 'FIN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

export const tcpFlagsText = (flags: readonly string[]): string =>
  spoken.filter(flag => flags.includes(flag)).join(', ');

function tcpText(summary: Extract<Summary, {kind: 'tcp'}>, base: SequenceBase | null): string {
  const {flags, sequence, acknowledgment, window, length, mss, sack = []} = summary;
  const acknowledged = (number: number): number => counted(number, base?.acknowledgment);
  const blocks = sack.map(([from, to]) => `${acknowledged(from)}-${acknowledged(to)}`);
  return [
    tcpFlagsText(flags),
    `seq ${counted(sequence, base?.sequence)}`,
    ...(flags.includes('ACK') ? [`ack ${acknowledged(acknowledgment)}`] : []),
    `win ${window}`,
    ...(length > 0 ? [`len ${length}`] : []),
    ...(mss === undefined ? [] : [`mss ${mss}`]),
    ...(blocks.length > 0 ? [`sack ${blocks.join(' ')}`] : []),
  ]
    .join(' ')
    .trimStart();
}

/** Sequence numbers go round: after 4294967295 comes 0 (RFC 9293 section 3.4). */
const counted = (number: number, from = 0): number => (number - from) >>> 0;

function icmpText({version, type, code, about}: Extract<Summary, {kind: 'icmp'}>, language: Language): string {
  const name = icmpTypes[version][type];
  const reason = icmpCodes[version][type]?.[code];
  const protocol = fill(protocolText[version === 4 ? 'icmp' : 'icmpv6'], language);
  const said = name ? fill(name, language) : `${type}/${code}`;
  const why = reason ? `: ${fill(reason, language)}` : '';
  return `${protocol} ${said}${why}${about ? ` (${aboutText(about)})` : ''}`;
}

/** Whose packet it was: `UDP 127.0.0.1:40000 > 127.0.0.1:9`. */
function aboutText(about: Summary): string {
  if (about.kind !== 'tcp' && about.kind !== 'udp') return about.kind.toUpperCase();
  const end = ({host, port}: {host: string; port: number}): string =>
    host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return `${about.kind.toUpperCase()} ${end(about.from)} > ${end(about.to)}`;
}

const arpTexts: Readonly<Record<number, Text>> = {
  1: {ja: 'ARP だれが {target} ですか({sender} に教えて)', en: 'ARP who has {target}? Tell {sender}'},
  2: {ja: 'ARP {sender} は {mac} です', en: 'ARP {sender} is at {mac}'},
};

function arpText({operation, sender, target}: Extract<Summary, {kind: 'arp'}>, language: Language): string {
  const text = arpTexts[operation];
  const values = {sender: sender.ip, mac: sender.mac, target: target.ip};
  return text ? fill(text, language, values) : `ARP ${operation}`;
}
