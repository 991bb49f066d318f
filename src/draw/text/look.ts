import {fill} from '../../messages/fill.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Language, Text} from '../../model/text.ts';
import {asciiGlyphs, boxGlyphs, type Glyphs, plainText} from './glyphs.ts';

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
  return {language, ascii, glyphs: ascii ? asciiGlyphs : boxGlyphs, say};
}

const sendColors = ['cyan', 'magenta', 'green', 'yellow', 'blue', 'red'] as const;

/** The colour of the bytes of one send(); the letter beside it says the same without colour. */
export const colorOfSend = (send: number): string => sendColors[send % sendColors.length] ?? 'cyan';

export const actorColor: Readonly<Record<ActorName, string>> = {
  server: 'green',
  'server-2': 'yellow',
  router: 'green',
  client: 'cyan',
  'client-2': 'blue',
  'client-3': 'magenta',
  network: 'yellow',
};
