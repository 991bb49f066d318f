import type {Text} from '../model/text.ts';

/** The words around frames on the screen; of what is in them, see fields.ts and segment.ts. */
export const framesText = {
  again: {ja: '再送', en: 'again'},
} as const satisfies Record<string, Text>;
