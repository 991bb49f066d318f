import {labText} from '../../messages/lab.ts';
import {type Linger, messageFlags} from '../../model/call.ts';
import {WrongWord} from '../words/wrong-word.ts';
import type {Word} from './line-words.ts';

/** The bit mask of `MSG_PEEK|MSG_DONTWAIT`, or of 0; null for other words. */
export function flagsOf(word: string): number | null {
  if (word === '0') return 0;
  const bits = word.split('|').map(name => messageFlags[name as keyof typeof messageFlags]);
  return bits.reduce<number | null>((all, bit) => (all === null || bit === undefined ? null : all | bit), 0);
}

/** IANA, Protocol Numbers. */
export const protocols: Readonly<Record<string, number>> = {
  IPPROTO_IP: 0,
  IPPROTO_ICMP: 1,
  IPPROTO_TCP: 6,
  IPPROTO_UDP: 17,
};

/** Below it a number is no port that anybody would mean. */
export const leastPort = 1024;

export const wrongArgument = (word: Word, name: string): WrongWord =>
  new WrongWord(labText.badArgument, {word: word.text, name}, word.at);

export const isDigits = (word: Word): boolean => /^-?\d{1,10}$/.test(word.text) && !word.isQuoted;

/** How many seconds; or, as in C, whether at all and how many. */
export const lingerOf = (value: number, seconds: number | null): Linger =>
  seconds === null ? {onoff: 1, seconds: value} : {onoff: value === 0 ? 0 : 1, seconds};
