import type {Text} from '../model/text.ts';

/** The words of the list of lessons. */
export const homeText = {
  finished: {ja: '済み {done}/{all}', en: '{done}/{all} finished'},
  reviews: {ja: '復習 {n}', en: '{n} to review'},
  next: {ja: '次は', en: 'Next'},
  begun: {ja: '途中', en: 'Begun'},
  behind: {ja: '済み', en: 'Finished'},
  other: {ja: 'レッスン', en: 'Lesson'},
  steps: {ja: '{n} ステップ', en: '{n} {n|step|steps}'},
  questions: {ja: '予想 {n} 問', en: '{n} {n|prediction|predictions}'},
  agreed: {ja: '予想 {right}/{asked}', en: '{right}/{asked} right'},
  begin: {ja: 'で始める', en: 'begins'},
  goOn: {ja: 'で続きから ({at}/{steps})', en: 'goes on ({at}/{steps})'},
  again: {ja: 'でもう一度', en: 'does it once more'},
  firstTime: {ja: 'はじめての方は、そのまま Enter を押してください。', en: 'New here? Just press Enter.'},
  allFinished: {
    ja: 'すべてのレッスンが済みました。復習とお題があります。',
    en: 'You have finished every lesson. Reviews and challenges are left.',
  },
  allFinishedNoReviews: {
    ja: 'すべてのレッスンが済みました。次は、お題をどうぞ。',
    en: 'You have finished every lesson. Challenges are left.',
  },
  nothingFound: {ja: '「{search}」に当たるレッスンはありません。', en: 'No lesson has “{search}”.'},
  toReview: {ja: '外れた予想 {n} 問を復習できます', en: '{n} {n|wrong prediction|wrong predictions} to review'},
  freePlay: {ja: '自由に試す(お題 {n})', en: 'free play, {n} challenges'},
  freePlaySolved: {ja: '自由に試す(お題 {n}、できた {solved})', en: 'free play, {n} challenges, {solved} done'},
  above: {ja: '前に {n}', en: '{n} above'},
  below: {ja: 'あと {n}', en: '{n} more'},
  map: {ja: '全体の地図', en: 'The whole map'},
  madeByHand: {ja: 'もう自分で動かした呼び出し', en: 'you have made it yourself'},
  movesHere: {ja: 'このレッスンで動かす', en: 'used in this lesson'},
  nothingMade: {ja: '自分で動かすと、ここに付きます', en: 'will mark the calls you have made'},
  plan: {ja: 'このレッスンの流れ(予定)', en: 'This lesson’s flow (a plan)'},
  planned: {ja: 'まだ何も起きていません', en: 'nothing has happened yet'},
  asked: {ja: '予想するところ', en: 'you predict'},
  moreCalls: {ja: 'あと {n} の呼び出し', en: '{n} more calls'},
} as const satisfies Record<string, Text>;

/** What the marks beside lessons say. */
export const lessonMarkText = {
  finished: {ja: '済み', en: 'finished'},
  next: {ja: '次', en: 'next'},
  begun: {ja: '途中', en: 'begun'},
  new: {ja: 'まだ', en: 'not begun'},
} as const satisfies Record<string, Text>;
