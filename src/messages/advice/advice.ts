import type {Text} from '../../model/text.ts';
import {fill} from '../fill.ts';
import {connectReasons} from './connect.ts';
import {dataReasons} from './data.ts';
import type {Entry, Reasons, ReasonsOf} from './entry.ts';
import {type Failure, type Seen, seenAt, valuesOf} from './failure.ts';
import {generalAdvice} from './general.ts';
import {openingReasons} from './opening.ts';
import {anyReasons, limitReasons, otherReasons} from './rest.ts';

export type {Failure} from './failure.ts';

export interface Advice {
  /** Why the kernel answered so, here: one or two short sentences. */
  readonly meaning: Text;
  /** One next thing to try: one sentence. */
  readonly next: Text;
  /** A line that can be typed to try it, such as `client connect 18 127.0.0.1:8080`; null where there is no single one. */
  readonly line: string | null;
}

/** Calls, and the errnos that they are known to fail with here. */
export const reasonsByCall: ReasonsOf = {...openingReasons, ...connectReasons, ...dataReasons, ...otherReasons};

/** What an errno means where it was the answer (the ERRORS sections of the man pages of section 2), and what to try next. */
export function adviceOf(failure: Failure): Advice {
  const seen = seenAt(failure);
  const values = valuesOf(seen);
  const reason = reasonsFor(failure).find(entry => holds(entry, seen, values));
  return reason ? filled(reason, values) : {...generalAdvice[failure.errno], line: null};
}

const reasonsFor = ({call, errno, limit}: Failure): Reasons =>
  limit ? limitReasons : (reasonsByCall[call.name]?.[errno] ?? anyReasons[errno] ?? []);

type Values = Readonly<Record<string, string>>;

function holds(entry: Entry, seen: Seen, values: Values): boolean {
  if (entry.when && !entry.when(seen)) return false;
  const texts = [entry.meaning.ja, entry.meaning.en, entry.next.ja, entry.next.en, entry.line ?? ''];
  return texts.every(text => placesIn(text).every(name => name in values));
}

const placesIn = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

function filled({meaning, next, line}: Entry, values: Values): Advice {
  const both = (text: Text): Text => ({ja: fill(text, 'ja', values), en: fill(text, 'en', values)});
  return {meaning: both(meaning), next: both(next), line: line && fill({ja: line, en: line}, 'en', values)};
}
