import type {Language} from '../../model/text.ts';

/** The locale that setlocale(3) would choose for messages; `C` when none is set. */
const localeOf = (env: NodeJS.ProcessEnv): string => env.LC_ALL || env.LC_MESSAGES || env.LANG || 'C';

/** What is written is UTF-8: in a locale that names another encoding (`ja_JP.eucJP`) that would not be Japanese. */
export const languageOf = (env: NodeJS.ProcessEnv): Language =>
  /^ja(_[a-z]+)?(\.utf-?8)?(@.*)?$/i.test(localeOf(env)) ? 'ja' : 'en';

/** Whether the locale's encoding can show more than ASCII. */
export const isUtf8 = (env: NodeJS.ProcessEnv): boolean => /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
