import {fill} from '../../messages/fill.ts';
import type {Language, Text} from '../../model/text.ts';
import {type Glyphs, glyphsOf, plainText} from './glyphs.ts';

/** In which language and with which characters to draw. */
export interface Look {
  readonly language: Language;
  readonly ascii: boolean;
  readonly glyphs: Glyphs;
  /** A text in the language, its places filled, without ambiguous characters where those are not wanted. */
  say(text: Text, values?: Readonly<Record<string, string | number>>): string;
}

export function lookOf(language: Language, ascii: boolean): Look {
  const say: Look['say'] = (text, values) => {
    const words = fill(text, language, values);
    return ascii ? plainText(words) : words;
  };
  return {language, ascii, glyphs: glyphsOf(language, ascii), say};
}
