import type {Language, Text} from './text.ts';

/** How a term is written: its standard name first, then other spellings that occur in texts. */
export type TermNames = readonly [standard: string, ...others: string[]];

/** A word of the field, as the glossary has it. */
export interface Term {
  readonly id: string;
  readonly names: Readonly<Record<Language, TermNames>>;
  /** How the Japanese name is read, in kana, where a learner may not know. */
  readonly reading?: string;
  /** One sentence. */
  readonly meaning: Text;
  /** In nearly every text, and so not marked there. */
  readonly isCommon?: true;
}
