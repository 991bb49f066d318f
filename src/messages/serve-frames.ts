import type {Text} from '../model/text.ts';

/** Why the frames of a client that is opened are not seen. Places are the fields of what says so. */
export const noFramesText: Record<'not-allowed' | 'refused' | 'elsewhere' | 'unix' | 'gone', Text> = {
  'not-allowed': {
    ja: 'フレームは見えません。キャプチャに要る CAP_NET_RAW は sudo で得られます。',
    en: 'No frames: capturing needs CAP_NET_RAW, which root has (sudo sockwalk serve).',
  },
  refused: {
    ja: 'フレームは見えません。キャプチャできませんでした({why})。',
    en: 'No frames: they cannot be captured here ({why}).',
  },
  elsewhere: {
    ja: 'フレームは見えません。{host} は別のコンピューターなので、lo を通りません。',
    en: 'No frames: {host} is another machine, and its frames do not pass lo.',
  },
  unix: {
    ja: 'UNIX ドメインソケットにフレームはありません。ネットワークを通らないからです。',
    en: 'No frames: what goes through a Unix socket passes no network device.',
  },
  gone: {
    ja: 'フレームは見えません。開いたときには、もう終わっていました。',
    en: 'No frames: it had gone before you opened it.',
  },
};

export const clientFramesText = {
  starting: {ja: 'キャプチャを始めています。', en: 'Beginning to capture.'},
  counted: {
    ja: 'lo を流れたフレーム: 開いてから {captured}、取りこぼし {dropped}',
    en: 'On lo since you opened it: {captured} {captured|frame|frames}, {dropped} dropped',
  },
  waiting: {
    ja: 'まだ何も流れていません。見えるのは、開いている間に流れたフレームだけです。',
    en: 'Nothing has passed yet. Only what passes while it is open is captured.',
  },
} as const satisfies Record<string, Text>;
