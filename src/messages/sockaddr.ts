import type {Text} from '../model/text.ts';

/** What each field of a socket address holds (man 7 ip, ipv6, unix). */
export const sockaddrText = {
  sin_family: {ja: 'AF_INET(ホストバイトオーダー)', en: 'AF_INET, in host byte order'},
  sin_port: {ja: '{value}(ネットワークバイトオーダー)', en: '{value}, in network byte order'},
  sin_addr: {ja: '{value}(ネットワークバイトオーダー)', en: '{value}, in network byte order'},
  sin_zero: {ja: '詰め物。使われません', en: 'padding, not used'},
  sin6_family: {ja: 'AF_INET6(ホストバイトオーダー)', en: 'AF_INET6, in host byte order'},
  sin6_port: {ja: '{value}(ネットワークバイトオーダー)', en: '{value}, in network byte order'},
  sin6_flowinfo: {ja: 'フロー情報', en: 'flow information'},
  sin6_addr: {ja: '128 ビット', en: '128 bits'},
  sin6_scope_id: {ja: 'スコープ ID', en: 'scope id'},
  sun_family: {ja: 'AF_UNIX', en: 'AF_UNIX'},
  sun_path: {ja: 'パス。NUL で終わります', en: 'the path, ended by NUL'},
} as const satisfies Record<string, Text>;
