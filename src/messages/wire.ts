import type {Text} from '../model/text.ts';
import type {Checksum, Protocol, WireProblem} from '../model/wire.ts';

export const protocolText: Record<Protocol, Text> = {
  ethernet: {ja: 'イーサネット', en: 'Ethernet'},
  arp: {ja: 'ARP', en: 'ARP'},
  ipv4: {ja: 'IPv4', en: 'IPv4'},
  ipv6: {ja: 'IPv6', en: 'IPv6'},
  icmp: {ja: 'ICMP', en: 'ICMP'},
  icmpv6: {ja: 'ICMPv6', en: 'ICMPv6'},
  tcp: {ja: 'TCP', en: 'TCP'},
  udp: {ja: 'UDP', en: 'UDP'},
  data: {ja: 'データ', en: 'data'},
  other: {ja: 'その他', en: 'other'},
};

/** Why a frame was read no further. */
export const wireProblemText: Record<WireProblem, Text> = {
  'cut-short': {
    ja: 'ヘッダーの途中でバイト列が終わっています',
    en: 'the bytes end before the header does',
  },
  'bad-length': {
    ja: 'ヘッダーにある長さが正しくありません',
    en: 'a length in the header cannot be right',
  },
  'bad-option': {
    ja: 'オプションの長さが正しくありません',
    en: 'the length of an option cannot be right',
  },
  'bad-version': {
    ja: '外側のヘッダーが示すバージョンと違います',
    en: 'not the version that the header outside promises',
  },
  'not-captured': {
    ja: 'ここから先はキャプチャされていません',
    en: 'from here on it was not captured',
  },
};

export const checksumText: Record<Checksum, Text> = {
  right: {ja: '正しい', en: 'right'},
  wrong: {ja: '誤り', en: 'wrong'},
  unfinished: {
    ja: '未完成:計算の続きはデバイスに任せています(チェックサムオフロード)',
    en: 'unfinished: the rest is left to the device (checksum offload)',
  },
  none: {ja: 'なし(計算していません)', en: 'none (was not computed)'},
  unknown: {ja: '確かめられません', en: 'cannot be checked'},
};
