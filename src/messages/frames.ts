import type {Layer} from '../model/layers.ts';
import type {Text} from '../model/text.ts';

/** The words around frames on the screen; of what is in them, see fields.ts and segment.ts. */
export const framesText = {
  again: {ja: '再送', en: 'again'},
  servers: {ja: 'サーバー', en: 'servers'},
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
    ja: 'PACKET_STATISTICS: 取得 {captured}、取りこぼし {dropped}',
    en: 'PACKET_STATISTICS: {captured} captured, {dropped} dropped',
  },
  omitted: {ja: '、ログに残していないもの {omitted}', en: ', {omitted} of them not kept in the log'},
  title: {ja: 'フレーム', en: 'Frames on the wire'},
  relative: {ja: 'seq と ack は、それぞれの最初を 0 とする相対値', en: 'seq and ack relative: each side counts from 0'},
  absolute: {ja: 'seq と ack は、フレームにあるとおりの絶対値', en: 'seq and ack absolute: as they are in the frames'},
  shortRelative: {ja: 'seq と ack は相対値', en: 'seq and ack relative'},
  shortAbsolute: {ja: 'seq と ack は絶対値', en: 'seq and ack absolute'},
  call: {ja: '呼び出し(- は戻った後)', en: 'call (- after return)'},
  shortCall: {ja: '呼び出し (-:後)', en: 'call (-: after)'},
  device: {ja: '場所', en: 'where'},
  during: {ja: '{actor}の {call}() が返る前', en: 'before the {actor}’s {call}() had returned'},
  after: {ja: '{actor}の {call}() が返った後', en: 'after the {actor}’s {call}() had returned'},
  beforeAll: {ja: '最初の呼び出しより前', en: 'before the first call'},
  nthTime: {ja: '同じバイト列の {n} 回目の送信(再送)', en: 'sent {n} times (a retransmission)'},
  quiet: {ja: '無通信(1 行 100 ms)', en: 'silence (a row: 100 ms)'},
  quietLong: {ja: '無通信({mark} は省略)', en: 'silence ({mark}: cut short)'},
  quietUntilCall: {ja: '次の呼び出しまで', en: 'until the next call'},
  frame: {ja: 'フレーム {n}/{all}', en: 'Frame {n} of {all}'},
  bytesOn: {ja: '{bytes} バイト({place})', en: '{bytes} {bytes|byte|bytes} on {place}'},
  position: {ja: '位置+長さ', en: 'at+bytes'},
  field: {ja: 'フィールド', en: 'field'},
  value: {ja: '値', en: 'value'},
  relativeValue: {ja: '(相対 {n})', en: '(relative {n})'},
  problem: {ja: '{at} バイト目: {what}', en: 'at byte {at}: {what}'},
  saved: {ja: '{count} 個のフレームを {file} に書きました。', en: 'Wrote {count} {count|frame|frames} to {file}.'},
  notSaved: {ja: '{file} に書けません: {why}', en: '{file} cannot be written: {why}'},
} as const satisfies Record<string, Text>;

/** The layers as they mark bytes: letters, which say without colour what the colours say too. */
export const layerLetter: Record<Layer, string> = {link: 'E', internet: 'I', transport: 'T', application: 'D'};
