import type {Text} from '../model/text.ts';

export const transcriptText = {
  waits: {ja: '待っています', en: 'waits'},
  lost: {ja: '(プロセスが終わったので返りません)', en: '(its process has ended: it will never return)'},
  noRow: {ja: 'カーネルの表にはない。getsockname() による', en: 'no row in the table; by getsockname()'},
  cameTrue: {ja: '一致しました。あなたも{who}も「{answer}」です。', en: 'Your prediction, {number}, came true.'},
  cameOtherwise: {
    ja: 'あなた {number}「{said}」 / {who}「{answer}」',
    en: 'Your prediction, {number}, did not come true. It was “{said}”. {whose} answer is “{answer}”.',
  },
  claimed: {ja: 'レッスンの主張:', en: 'the lesson claims:'},
  found: {ja: '実際:', en: 'what happened:    '},
  ended: {ja: 'プロセスが終わりました({how})', en: 'the process has ended ({how})'},
  recorded: {
    ja: '[記録] 以前に実行されたときの記録です。いま実行しているのではありません。',
    en: '[RECORDED] This is a recording of an earlier run; nothing is being run now.',
  },
  recordedCall: {ja: '[記録]', en: '[RECORDED]'},
  recordedCallOf: {ja: '[記録、Node {node}]', en: '[RECORDED, Node {node}]'},
  allHeld: {
    ja: '{lesson}: カーネルは {count} 個のステップすべてで、レッスンの主張どおりに動きました。',
    en: '{lesson}: in {count|its one step|all {count} steps} the kernel did what the lesson claims.',
  },
  failed: {
    ja: '{lesson}: ステップ {step} で、カーネルはレッスンの主張と違う動きをしました。',
    en: '{lesson}: at step {step} the kernel did not do what the lesson claims.',
  },
  failedPart: {ja: '  主張は {claimed}、実際は {found}', en: '  claimed: {claimed}; found: {found}'},
} as const satisfies Record<string, Text>;
