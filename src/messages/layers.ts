import type {Layer, OsiLayer} from '../model/layers.ts';
import type {Text} from '../model/text.ts';

export const osiText: Record<OsiLayer, Text> = {
  7: {ja: 'アプリケーション', en: 'application'},
  6: {ja: 'プレゼンテーション', en: 'presentation'},
  5: {ja: 'セッション', en: 'session'},
  4: {ja: 'トランスポート', en: 'transport'},
  3: {ja: 'ネットワーク', en: 'network'},
  2: {ja: 'データリンク', en: 'data link'},
  1: {ja: '物理', en: 'physical'},
};

export const layerText: Record<Layer, Text> = {
  application: {ja: 'アプリケーション', en: 'application'},
  transport: {ja: 'トランスポート', en: 'transport'},
  internet: {ja: 'インターネット', en: 'internet'},
  link: {ja: 'リンク', en: 'link'},
};

/** The protocols of a layer that this program shows. */
export const protocolsOf: Record<Layer, string> = {application: '', transport: 'TCP/UDP', internet: 'IP', link: ''};

/** A layer's part of a frame, in as few cells as can be. */
export const partText: Record<Layer, Text> = {
  application: {ja: 'データ', en: 'data'},
  transport: {ja: 'TCP', en: 'TCP'},
  internet: {ja: 'IP', en: 'IP'},
  link: {ja: 'リンク', en: 'link'},
};

/** What a layer's data is called, with its header. */
export const unitText: Record<Layer, Text> = {
  application: {ja: 'データ', en: 'data'},
  transport: {ja: 'セグメント', en: 'segment'},
  internet: {ja: 'パケット', en: 'packet'},
  link: {ja: 'フレーム', en: 'frame'},
};

export const layersText = {
  socketApi: {ja: 'ソケット API', en: 'socket API'},
  osi: {ja: 'OSI 7 層', en: 'OSI (7)'},
  internet: {ja: 'TCP/IP 4 層', en: 'TCP/IP (4)'},
  recorded: {
    ja: '記録:以前 lo で取った別の通信のフレーム',
    en: 'RECORDED earlier, not now: one frame on lo',
  },
  captured: {
    ja: 'キャプチャ:たったいま、この実行で取ったフレーム',
    en: 'CAPTURED just now: a frame of this walk',
  },
  ofRecording: {
    ja: '記録:この実行が記録されたときのフレーム',
    en: 'RECORDED: a frame that was captured in this recording',
  },
  ports: {ja: '{protocol} ポート', en: '{protocol} ports'},
  addresses: {ja: 'IP アドレス', en: 'IP addresses'},
  data: {ja: 'データ', en: 'data'},
} as const satisfies Record<string, Text>;
