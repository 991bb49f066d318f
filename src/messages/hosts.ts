import type {HostName} from '../model/actor.ts';
import type {Text} from '../model/text.ts';

/** The machines of the network `home`. */
export const hostText: Record<HostName, Text> = {
  here: {ja: 'このコンピューター', en: 'this computer'},
  home: {ja: '家', en: 'home'},
  router: {ja: 'ルーター', en: 'router'},
  internet: {ja: 'インターネット', en: 'internet'},
};

export const hostsText = {
  lan: {ja: 'lan(家の側)', en: 'lan (home)'},
  wan: {ja: 'wan(外側)', en: 'wan (outside)'},
  rewritten: {ja: '[ ] 書き換わったところ', en: '[ ] what was rewritten'},
  packets: {ja: '{calls} のパケット', en: 'Packets of {calls}'},
  before: {ja: '今回は何も流れていない。前の {calls} のパケット', en: 'Nothing passed now. Before, of {calls}'},
  where: {ja: '(ルーターに入る前と、出た後)', en: '(before the router, and after it)'},
  notSeen: {ja: '(ここでは見えない)', en: '(not seen here)'},
  ids: {
    ja: '同じ行の左右は、同じパケットです(IP の ID と seq が一致)。',
    en: 'Left and right are the same packet: IP ID and seq agree.',
  },
  more: {ja: 'ほかに {n} 個。', en: '{n} more. '},
  late: {ja: 'ほかに ARP {n}({call}() が返ったあと)。', en: '{n} ARP after {call}() had returned. '},
  seeAll: {ja: 'すべては w で。', en: 'All of them: w.'},
  rules: {ja: 'nft の規則', en: 'nft rules'},
  noRules: {ja: 'nft 規則なし', en: 'no nft rules'},
  masquerade: {ja: 'MASQUERADE', en: 'MASQUERADE'},
  forward: {ja: 'ポート開放 {port}', en: 'forward {port}'},
  drop: {ja: '破棄 {protocol} {port}', en: 'drop {protocol} {port}'},
} as const satisfies Record<string, Text>;
