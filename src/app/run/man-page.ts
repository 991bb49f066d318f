import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const execute = promisify(execFile);

/** What man may take, and write: the longest pages of calls have some 60 KiB. */
const limits = {timeout: 10_000, maxBuffer: 1024 * 1024};

/** The sections that tell how a call is written, and how it fails. */
const sections: ReadonlySet<string> = new Set(['SYNOPSIS', 'ERRORS']);

/**
 * SYNOPSIS and ERRORS of the man page of a call or a function of libc (sections 2 and 3), in lines; null where man or the page is not
 * installed. Where man cannot say it in English it says it as it does.
 *
 * @param width in cells
 */
export async function manPage(name: string, width: number): Promise<readonly string[] | null> {
  const env = {
    ...process.env,
    LC_ALL: 'C.UTF-8',
    MANWIDTH: String(width),
    MANPAGER: 'cat',
    MANOPT: '--nj --nh',
    MAN_KEEP_FORMATTING: undefined,
  };
  try {
    const {stdout} = await execute('man', ['-S', '2:3', name], {...limits, env});
    const lines = sectionsOf(stdout);
    return lines.length > 0 ? lines : null;
  } catch {
    return null;
  }
}

/** A heading begins at the left edge, all else is indented. */
export function sectionsOf(page: string): readonly string[] {
  let isIn = false;
  return page.split('\n').filter(line => {
    if (/^\S/.test(line)) isIn = sections.has(line.trim());
    return isIn;
  });
}
