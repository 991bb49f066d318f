import type {Language, Text} from '../model/text.ts';

/**
 * The text in one language, with each `{name}` replaced by its value; of `{name|one byte|{name} bytes}` the first wording stands where
 * that is 1, and the second where it is not. A name without a value stays as it is.
 */
export const fill = (text: Text, language: Language, values: Readonly<Record<string, string | number>> = {}): string =>
  text[language]
    .replace(twoWordings, (_, name: string, one: string, more: string) => (Number(values[name]) === 1 ? one : more))
    .replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

const twoWordings = /\{(\w+)\|((?:[^|{}]|\{\w+\})*)\|((?:[^|{}]|\{\w+\})*)\}/g;

/** The same for both languages at once, of values that are texts. */
export function filledIn(text: Text, values: Readonly<Record<string, Text>>): Text {
  const inLanguage = (language: Language): string =>
    fill(text, language, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value[language]])));
  return {ja: inLanguage('ja'), en: inLanguage('en')};
}
