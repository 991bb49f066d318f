/** The two languages of the program. They are equals: a `Text` without one of them does not compile. */
export type Language = 'ja' | 'en';

export const languages: readonly Language[] = ['ja', 'en'];

export interface Text {
  readonly ja: string;
  readonly en: string;
}
