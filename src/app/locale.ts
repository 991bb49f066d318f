import type {Language} from '../model/text.ts';

/** The locale that setlocale(3) would choose for messages; `C` when none is set. */
const localeOf = (env: NodeJS.ProcessEnv): string => env.LC_ALL || env.LC_MESSAGES || env.LANG || 'C';

export const languageOf = (env: NodeJS.ProcessEnv): Language => (/^ja(_|\.|@|$)/i.test(localeOf(env)) ? 'ja' : 'en');

/** Whether the locale's encoding can show more than ASCII. */
export const isUtf8 = (env: NodeJS.ProcessEnv): boolean => /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
