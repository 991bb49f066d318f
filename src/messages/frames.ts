import type {Text} from '../model/text.ts';

/** The words around frames on the screen; of what is in them, see fields.ts and segment.ts. */
export const framesText = {
  again: {ja: '再送', en: 'again'},
  clients: {ja: 'クライアント', en: 'clients'},
  nothingYet: {ja: 'フレームは、まだ 1 つも流れていません。', en: 'No frame has passed yet.'},
  notCaptured: {
    ja: 'ここではフレームをキャプチャしていません。--network private を付けて始めるか、CAP_NET_RAW のある環境で動かすと、見えるようになります。',
    en: 'No frames are captured here. They are where sockwalk is started with --network private, or has CAP_NET_RAW.',
  },
  notRecorded: {
    ja: 'この記録には、キャプチャされたフレームがありません。',
    en: 'This recording has no captured frames: none were captured when it was made.',
  },
  counted: {
    ja: 'PACKET_STATISTICS: 取得 {captured} 取りこぼし {dropped}',
    en: 'PACKET_STATISTICS: {captured} captured, {dropped} dropped',
  },
  omitted: {ja: ' ログに残していないもの {omitted}', en: ', {omitted} of them not kept in the log'},
} as const satisfies Record<string, Text>;
