import type {Text} from '../model/text.ts';

/** What numbers in headers stand for. Names that are the same in both languages are one string. */

/** IANA, IEEE 802 numbers. */
export const etherTypes: Readonly<Record<number, string>> = {
  2048: 'IPv4',
  2054: 'ARP',
  33024: 'VLAN (IEEE 802.1Q)',
  34525: 'IPv6',
};

/** IANA, protocol numbers; IPv6 has extension headers among them. */
export const ipProtocols: Readonly<Record<number, string>> = {
  0: 'Hop-by-Hop Options',
  1: 'ICMP',
  2: 'IGMP',
  6: 'TCP',
  17: 'UDP',
  43: 'Routing',
  44: 'Fragment',
  47: 'GRE',
  50: 'ESP',
  51: 'AH',
  58: 'ICMPv6',
  59: 'No Next Header',
  60: 'Destination Options',
  132: 'SCTP',
};

/** RFC 826. */
export const arpOperations: Readonly<Record<number, Text>> = {
  1: {ja: '要求', en: 'request'},
  2: {ja: '応答', en: 'reply'},
};

/** RFC 3168 section 5. */
export const ecnCodepoints: Readonly<Record<number, Text>> = {
  0: {ja: '非対応', en: 'not capable'},
  1: {ja: '対応 ECT(1)', en: 'capable, ECT(1)'},
  2: {ja: '対応 ECT(0)', en: 'capable, ECT(0)'},
  3: {ja: '輻輳あり CE', en: 'congestion experienced'},
};

/** RFC 792 and RFC 1812; RFC 4443, RFC 4861 and RFC 2710. */
export const icmpTypes: Readonly<Record<4 | 6, Readonly<Record<number, Text>>>> = {
  4: {
    0: {ja: 'エコー応答', en: 'echo reply'},
    3: {ja: '到達不能', en: 'destination unreachable'},
    4: {ja: '送信抑制', en: 'source quench'},
    5: {ja: 'リダイレクト', en: 'redirect'},
    8: {ja: 'エコー要求', en: 'echo request'},
    11: {ja: '時間超過', en: 'time exceeded'},
    12: {ja: 'パラメーター異常', en: 'parameter problem'},
  },
  6: {
    1: {ja: '到達不能', en: 'destination unreachable'},
    2: {ja: 'パケット過大', en: 'packet too big'},
    3: {ja: '時間超過', en: 'time exceeded'},
    4: {ja: 'パラメーター異常', en: 'parameter problem'},
    128: {ja: 'エコー要求', en: 'echo request'},
    129: {ja: 'エコー応答', en: 'echo reply'},
    130: {ja: 'マルチキャスト受信者の照会', en: 'multicast listener query'},
    133: {ja: 'ルーター要請', en: 'router solicitation'},
    134: {ja: 'ルーター広告', en: 'router advertisement'},
    135: {ja: '近隣要請', en: 'neighbor solicitation'},
    136: {ja: '近隣広告', en: 'neighbor advertisement'},
    143: {ja: 'マルチキャスト受信者の報告', en: 'multicast listener report'},
  },
};

/** Those that a walk can meet: first by version and type, then by code. */
export const icmpCodes: Readonly<Record<4 | 6, Readonly<Record<number, Readonly<Record<number, Text>>>>>> = {
  4: {
    3: {
      0: {ja: 'ネットワーク到達不能', en: 'network unreachable'},
      1: {ja: 'ホスト到達不能', en: 'host unreachable'},
      2: {ja: 'プロトコル到達不能', en: 'protocol unreachable'},
      3: {ja: 'ポート到達不能', en: 'port unreachable'},
      4: {ja: 'フラグメント化が必要だが DF がある', en: 'fragmentation needed, but DF is set'},
      9: {ja: 'ネットワークへの通信は禁止', en: 'network prohibited'},
      10: {ja: 'ホストへの通信は禁止', en: 'host prohibited'},
      13: {ja: 'フィルターで禁止', en: 'prohibited by a filter'},
    },
    11: {
      0: {ja: 'TTL が 0 になった', en: 'TTL reached 0'},
      1: {ja: 'フラグメントがそろわない', en: 'fragments did not all arrive'},
    },
  },
  6: {
    1: {
      0: {ja: '経路がない', en: 'no route'},
      1: {ja: 'フィルターで禁止', en: 'prohibited by a filter'},
      3: {ja: 'アドレス到達不能', en: 'address unreachable'},
      4: {ja: 'ポート到達不能', en: 'port unreachable'},
    },
    3: {
      0: {ja: 'ホップリミットが 0 になった', en: 'hop limit reached 0'},
      1: {ja: 'フラグメントがそろわない', en: 'fragments did not all arrive'},
    },
  },
};
