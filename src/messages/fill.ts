import type {Language, Text} from '../model/text.ts';

/** The text in one language, with each `{name}` replaced by its value. A name without a value stays as it is. */
export const fill = (text: Text, language: Language, values: Readonly<Record<string, string | number>> = {}): string =>
  text[language].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
