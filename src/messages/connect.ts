import type {Text} from '../model/text.ts';

export const connectText = {
  what: {
    ja: '接続先を一つ指定してください。例: sockwalk connect 127.0.0.1:8080',
    en: 'Say where to connect to, as in: sockwalk connect 127.0.0.1:8080',
  },
  noPort: {
    ja: 'ポートがありません。HOST:PORT の形で書いてください(例: 127.0.0.1:8080)。',
    en: 'There is no port. Write HOST:PORT, as in 127.0.0.1:8080.',
  },
  badPort: {
    ja: 'ポートは 1 から 65535 までの整数です。',
    en: 'A port is a whole number from 1 to 65535.',
  },
  badHost: {
    ja: 'ホスト名や IPv4 アドレスの形ではありません。',
    en: 'That is neither a host’s name nor an IPv4 address.',
  },
  notNumeric: {
    ja: '数字で書いたアドレス(127.0.0.1、0.0.0.0、::1 など)を指定してください。',
    en: 'That is no numeric address, such as 127.0.0.1, 0.0.0.0 or ::1.',
  },
  needsBrackets: {
    ja: 'IPv6 アドレスは [ ] で囲んでください(例: [::1]:8080)。',
    en: 'Put an IPv6 address in brackets, as in [::1]:8080.',
  },
  noBracket: {ja: '閉じ括弧 ] がありません。', en: 'The closing bracket ] is missing.'},
  badIpv6: {ja: 'IPv6 アドレスの形ではありません。', en: 'That is no IPv6 address.'},
} as const satisfies Record<string, Text>;
