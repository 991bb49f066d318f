import type {ActorName} from '../model/actor.ts';
import type {Decoding, PaneName} from '../model/lesson.ts';
import type {Text} from '../model/text.ts';

export const actorText: Record<ActorName, Text> = {
  server: {ja: 'サーバー', en: 'server'},
  'server-2': {ja: 'サーバー 2', en: 'server 2'},
  router: {ja: '練習用ルーター', en: 'practice router'},
  client: {ja: 'クライアント', en: 'client'},
  'client-2': {ja: 'クライアント 2', en: 'client 2'},
  'client-3': {ja: 'クライアント 3', en: 'client 3'},
  network: {ja: 'ネットワーク', en: 'network'},
};

export const paneNames: readonly PaneName[] = ['flow', 'calls', 'picture', 'c', 'node', 'bytes', 'kernel', 'wire'];

export const paneText: Record<PaneName, Text> = {
  flow: {ja: '流れ', en: 'flow'},
  calls: {ja: '呼び出し', en: 'calls'},
  picture: {ja: '図', en: 'picture'},
  c: {ja: 'C', en: 'C'},
  node: {ja: 'Node', en: 'Node'},
  bytes: {ja: 'バイト', en: 'bytes'},
  kernel: {ja: 'カーネル', en: 'kernel'},
  wire: {ja: 'フレーム', en: 'wire'},
};

/** How received bytes were made text. */
export const decodingText: Record<Decoding, Text> = {
  'each-alone': {ja: '届いた分を別々に', en: 'each alone'},
  'one-decoder': {ja: '一つのデコーダーで', en: 'one decoder'},
};

export const screenText = {
  tagline: {ja: 'ソケットを一歩ずつ、本物のカーネルで', en: 'sockets one step at a time, with the real kernel'},
  minutes: {ja: '{n}分', en: '{n} min'},
  live: {ja: 'LIVE', en: 'LIVE'},
  replay: {ja: 'REPLAY', en: 'REPLAY'},
  recorded: {ja: 'RECORDED', en: 'RECORDED'},
  playing: {ja: '再生中 {speed}', en: 'playing {speed}'},
  starting: {ja: 'プロセスを始めています', en: 'starting the processes'},
  running: {ja: '実行中...', en: 'running...'},
  waits: {ja: '{call}() 待ち {time} s', en: '{call}() waits {time} s'},
  waitingCall: {ja: '待機中...', en: 'waiting...'},
  asleep: {ja: '状態 {state}(眠っている) {where}', en: 'state {state} (asleep) {where}'},
  stopped: {ja: '状態 T(停止中)', en: 'state T (stopped)'},
  exited: {ja: '終了({how})', en: 'ended ({how})'},
  noSocket: {ja: 'ソケットはありません', en: 'no socket'},
  /** The same where there is less room. */
  none: {ja: 'ソケットなし', en: 'no socket'},
  acceptQueue: {ja: '接続待ち', en: 'accept queue'},
  notAccepted: {ja: 'accept() 待ち(持ち主なし)', en: 'waits for accept(), no owner'},
  /** The same where there is less room. */
  notAcceptedShort: {ja: 'accept() 待ち', en: 'not accepted'},
  kernelOnly: {ja: '持ち主のプロセスなし', en: 'no process owns it'},
  kernelOnlyShort: {ja: '持ち主なし', en: 'no owner'},
  kernelMemory: {ja: 'メモリー量', en: 'memory'},
  lost: {ja: '{n} B は失われた', en: '{n} B lost'},
  /** Where bytes are that nobody has received. */
  gone: {ja: '消失', en: 'gone'},
  dropped: {ja: '破棄', en: 'dropped'},
  unseen: {ja: 'どのキューにも見えない', en: 'not seen in a queue'},
  drops: {ja: '破棄 {n}', en: 'drops {n}'},
  file: {ja: 'ファイル', en: 'file'},
  fdMeaning: {ja: 'fd {fd}: 呼び出しに使う番号', en: 'fd {fd}: the number to call it by'},
  /** Behind the receive queue of a socket that has a FIN to tell of. */
  oneIsFin: {ja: '(1 は FIN)', en: '(1 is FIN)'},
  finCounts: {ja: 'Linux の Recv-Q は FIN も 1 と数える', en: 'on Linux Recv-Q counts a FIN as 1'},
  /** Behind a row of the kernel's that is not as it was, or was not there. */
  changed: {ja: '変化', en: 'changed'},
  isNew: {ja: '新規', en: 'new'},
  nextCall: {ja: '次の呼び出し', en: 'next call'},
  lessonDone: {ja: 'おしまい', en: 'The end'},
  nextLesson: {ja: '次は {number} {title}', en: 'Next: {number} {title}'},
  allFinished: {
    ja: 'すべてのレッスンが済みました。一覧に、復習とお題があります。',
    en: 'You have finished every lesson. The list has reviews and challenges.',
  },
  /** Over a question: which of the lesson's it is. */
  questionNumber: {ja: '予想 {n}/{of}', en: 'prediction {n}/{of}'},
  orderNumber: {ja: '並べかえ {n}/{of}', en: 'order {n}/{of}'},
  mayBeWrong: {
    ja: '外れてもかまいません。答えるのは{who}です。',
    en: 'It is fine to be wrong. The answer comes from {who}.',
  },
  /** Where the key to go on is pressed at a question. */
  answerWanted: {
    ja: 'まず、予想を {digits} の数字キーで選んでください。s でとばせます。',
    en: 'First choose what you predict, with {digits}. s skips the question.',
  },
  orderWanted: {
    ja: 'まず、呼び出しを並べてください。↑ と ↓ で選び、Space で持って動かし、Enter で実行します。s でとばせます。',
    en: 'First put the calls in order: Up and Down choose one, Space takes and puts it, Enter runs them. s skips this.',
  },
  answer: {ja: '{whose}答え', en: '{whose} answer'},
  notPredicted: {ja: '予想はとばしました', en: 'no prediction was made'},
  yourPrediction: {ja: 'あなたの予想', en: 'your prediction'},
  noneFulfilled: {ja: 'どの選択肢も、実際とは違いました。', en: 'None of the choices is what happened.'},
  differs: {ja: 'ここが違った', en: 'What differs'},
  /** Beside what proves the answer. */
  evidence: {ja: '証拠{n}', en: 'evidence {n}'},
  hint: {ja: 'ヒント:', en: 'Hint:'},
  noHint: {ja: 'ここにヒントはありません。', en: 'There is no hint here.'},
  claimFailed: {
    ja: 'カーネルは、このレッスンの主張と違う動きをしました。',
    en: 'The kernel did not do what this lesson claims.',
  },
  claimPart: {ja: '主張 {claimed} / 実際 {found}', en: 'claimed {claimed} / found {found}'},
  actorEnded: {
    ja: '{actor}のプロセスが終わりました({how})。ソケットはカーネルが閉じました。r で、新しいプロセスとソケットでやり直せます。',
    en: 'The {actor} process has ended ({how}); the kernel closed its sockets. r starts again with new processes and sockets.',
  },
  networkEnded: {
    ja: 'ネットワークを受け持つプロセスが終わりました({how})。この先のフレームは見えません。r で、新しいネットワークとプロセスとソケットでやり直せます。',
    en: 'The process that holds the network has ended ({how}); frames are no longer seen. r starts again with a new network, new processes and sockets.',
  },
  recordingEnds: {
    ja: '記録はここまでです。r で、このレッスンを実際に動かせます。',
    en: 'The recording ends here. r runs this lesson for real.',
  },
  message: {ja: '送るメッセージ:', en: 'Message to send:'},
  messageBytes: {ja: '{bytes} バイト', en: '{bytes} {bytes|byte|bytes}'},
  jumpTo: {ja: '何番のステップへ行きますか (1-{n}):', en: 'Which step? (1-{n}):'},
  resetLesson: {
    ja: '「{lesson}」の進み具合を消しますか。',
    en: 'Forget your progress in “{lesson}”?',
  },
  resuming: {
    ja: '前回のところまで、新しいプロセスとソケットで実行し直しました。r で最初から始められます。',
    en: 'All up to where you left was made again on new processes and sockets. r begins at the first step.',
  },
  orderWorks: {ja: 'この順序で、すべての呼び出しがうまくいきました。', en: 'In this order every call works.'},
  orderFails: {
    ja: 'この順序では、ここでカーネルが断りました: {found}。a で、新しいソケットで並べ直せます。',
    en: 'In this order the kernel refuses here: {found}. a tries another order on fresh sockets.',
  },
  orderSleeps: {
    ja: 'この順序では、{call} が眠ったままになり、先へ進めません。a で、新しいソケットで並べ直せます。',
    en: 'In this order {call} sleeps, and what would wake it never comes. a tries another order on fresh sockets.',
  },
  tooLate: {
    ja: '読んでいるうちにカーネルのタイマーが進み、古い接続では続けられなくなりました。新しいソケットで、ここまで実行し直しました。',
    en: 'While you were reading, the kernel’s timers went on, too far for the old connection to be used. All up to here was made again on fresh sockets.',
  },
  nothingToReview: {
    ja: '復習することは、いまはありません。予想が外れると、その思い込みがここに集まります。',
    en: 'There is nothing to review now. When a prediction turns out wrong, its belief is kept for here.',
  },
  reviewDone: {ja: '復習が終わりました。', en: 'The review is done.'},
  aboutReview: {
    ja: '同じことを、別の場面でもう一度たずねます。',
    en: 'The same thing is asked again, in another setting.',
  },
  reviewing: {ja: '復習', en: 'review'},
  youBelieved: {ja: '思い込み: 「{belief}」', en: 'What was believed: “{belief}”'},
  searchFor: {ja: '探す:', en: 'Search:'},
  found: {ja: '{n} 件', en: '{n} found'},
  asC: {ja: 'C の形で', en: 'as C'},
  asNode: {ja: 'Node の形で', en: 'as Node'},
  asCall: {ja: '呼び出しの行を', en: 'as a line of strace'},
  copied: {
    ja: '{what}コピーしました({bytes} バイト、端末が OSC 52 に応じる場合): {text}',
    en: 'Copied {what} ({bytes} {bytes|byte|bytes}, where the terminal takes OSC 52): {text}',
  },
  copiedPart: {ja: '長いので、初めの {most} 文字だけです。', en: 'It is long: only its first {most} characters.'},
  nothingToCopy: {
    ja: 'ここには、コピーする呼び出しがまだありません。',
    en: 'No call has been made here yet, so nothing is copied.',
  },
  manTitle: {ja: 'man {call}', en: 'man {call}'},
  noMan: {
    ja: '{call} の man ページが、ここにはありません。Debian や Ubuntu なら man-db と manpages-dev を入れると読めます。',
    en: 'There is no man page of {call} here. On Debian or Ubuntu the packages man-db and manpages-dev bring it.',
  },
  noCallForMan: {
    ja: 'man ページを開く呼び出しが、まだありません。',
    en: 'There is no call yet whose man page could be opened.',
  },
  palette: {ja: '何でも探す', en: 'Find anything'},
  paletteEmpty: {
    ja: '「{search}」に当たるものはありません。レッスンの番号や題名、お題、用語、キーの働きを、日本語でも英語でも探せます。',
    en: 'Nothing has “{search}”. You can look for lessons (by number or title), challenges, words, and what keys do, in English or in Japanese.',
  },
  noTermFound: {ja: '「{search}」に当たる用語はありません。', en: 'No word has “{search}”.'},
  resetDone: {ja: '進み具合を消しました。', en: 'Forgotten.'},
  nothingSent: {ja: 'このステップで運ばれるバイトはありません', en: 'no bytes travel at this step'},
  noKernelRow: {
    ja: 'カーネルの表に、ここのソケットの行はありません',
    en: 'no row of these sockets in the kernel’s tables',
  },
  calledBy: {ja: '(ここには現れません)', en: '(does not show here)'},
  agreed: {ja: '一致 {right}/{asked}。', en: '{right} of your {asked} {asked|prediction|predictions} came true.'},
  askedAgain: {ja: '外れた {wrong} 問は R でもう一度。', en: 'R asks again about the other {wrong}.'},
  more: {ja: '続きがあります(↑/↓)', en: 'more (Up/Down)'},
  tooSmall: {
    ja: '端末が小さすぎます({columns}x{rows})。60x18 以上に広げてください。',
    en: 'This terminal is too small ({columns}x{rows}). Make it at least 60x18.',
  },
  stateMarks: {ja: 'S C いまここ  s c 前に', en: 'S C now  s c before'},
  stateUnseen: {ja: '~ 見えずに通過', en: '~ went unseen'},
  helpTitle: {ja: 'キー', en: 'Keys'},
  glossary: {ja: '用語', en: 'Words'},
  termsHere: {ja: 'この画面の用語', en: 'On this screen'},
  otherTerms: {ja: 'そのほかの用語', en: 'All the others'},
} as const satisfies Record<string, Text>;

/** What the palette finds. */
export const paletteKindText = {
  key: {ja: 'キー', en: 'key'},
  lesson: {ja: 'レッスン', en: 'lesson'},
  challenge: {ja: 'お題', en: 'challenge'},
  term: {ja: '用語', en: 'word'},
} as const satisfies Record<string, Text>;

/** Whose answer a prediction is held against. */
export const answererText = {
  kernel: {who: {ja: 'カーネル', en: 'the kernel'}, whose: {ja: 'カーネルの', en: 'The kernel’s'}},
  node: {who: {ja: 'Node', en: 'Node'}, whose: {ja: 'Node の', en: 'Node’s'}},
} as const satisfies Record<string, {readonly who: Text; readonly whose: Text}>;

/** Where a key works, as headings of the help. */
export const placeText = {
  home: {ja: '一覧', en: 'In the list'},
  searching: {ja: '探すとき', en: 'While searching'},
  typing: {ja: '自由に試すとき', en: 'In free play'},
  looking: {ja: '自由に試し、画面を見るとき', en: 'Looking around in free play'},
  challenges: {ja: 'お題の一覧', en: 'In the list of challenges'},
  walk: {ja: 'レッスン', en: 'In a lesson'},
  asking: {ja: '予想のとき', en: 'At a question'},
  summary: {ja: 'まとめのとき', en: 'At the summary'},
  arranging: {ja: '並べるとき', en: 'Putting calls in order'},
  ladder: {ja: 'フレームの一覧', en: 'In the ladder of frames'},
  frame: {ja: '1 つのフレーム', en: 'In one frame'},
  anywhere: {ja: 'どこでも', en: 'Anywhere'},
  writing: {ja: 'メッセージを書くとき', en: 'Writing a message'},
  man: {ja: 'man ページ', en: 'In a man page'},
  palette: {ja: '何でも探すとき', en: 'Finding anything'},
  open: {ja: 'ヘルプや質問が開いているとき', en: 'While something is open'},
} as const satisfies Record<string, Text>;

/** That no table of the kernel has a socket: it does not say since when, not yet, or no longer; in full, and where there is less room. */
export const noRowText = {
  ever: {full: {ja: 'カーネルの表にはない', en: 'not in the kernel’s table'}, short: {ja: '表にはない', en: 'no row'}},
  yet: {
    full: {ja: 'カーネルの表にはまだない', en: 'not in the kernel’s table yet'},
    short: {ja: '表にはまだない', en: 'no row yet'},
  },
  now: {
    full: {ja: 'カーネルの表にはもうない', en: 'no longer in the kernel’s table'},
    short: {ja: '表にはもうない', en: 'no row any more'},
  },
} as const satisfies Record<string, Record<'full' | 'short', Text>>;
