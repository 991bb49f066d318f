import type {Text} from '../model/text.ts';

/** The words around the two sides' calls and the wire between them. */
export const flowText = {
  callsOf: {ja: '{actor}の呼び出し', en: '{actor}’s calls'},
  wire: {ja: '通信路', en: 'the wire'},
  unobserved: {ja: '観測なし', en: 'not seen'},
  others: {ja: 'ほかに {actors}', en: 'also {actors}'},
  sleeps: {ja: '眠って待つ', en: 'sleeps'},
  legend: {
    ja: '凡例  {made} カーネルが答えた  {next} 次  {coming} これから  {bar} 返らずに待つ',
    en: 'Key  {made} the kernel answered  {next} next  {coming} to come  {bar} has not returned',
  },
  wireUnobserved: {
    ja: '通信路は、ここでは観測していません(--network private で見えます)。',
    en: 'The wire is not observed here (it is with --network private).',
  },
  wireNotRecorded: {
    ja: 'この記録では、通信路を観測していません。',
    en: 'The wire was not observed when this was recorded.',
  },
} as const satisfies Record<string, Text>;
