import type {Status} from '../model/status.ts';
import type {Text} from '../model/text.ts';

export const statusMark: Record<Status, string> = {new: '[ ]', seen: '[~]', skipped: '[-]', passed: '[x]'};

export const statusText: Record<Status, Text> = {
  new: {ja: 'まだ', en: 'new'},
  seen: {ja: '途中', en: 'begun'},
  skipped: {ja: '予想をとばした', en: 'predictions skipped'},
  passed: {ja: '済み', en: 'passed'},
};
