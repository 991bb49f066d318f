/** What CI, a test runner or the terminal of whoever runs this would tell the program about a place where it is not. */
const elsewhere =
  /^(CI|CONTINUOUS_INTEGRATION|NODE_ENV|DEV|PROD|MODE|SSR|TEST|VITEST.*|(NO|FORCE)_COLOR|LANG|LANGUAGE|LC_.*|COLUMNS|LINES|TMUX.*|STY|TERM_PROGRAM.*)$/;

/** This process's environment as a program in a terminal window of its own would have it, and `extra`; `undefined` removes a name. */
export function terminalEnvironment(extra: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !elsewhere.test(name));
  const all = {...Object.fromEntries(own), COLORTERM: '', LANG: 'C.UTF-8', ...extra};
  // node-pty would hand over an undefined value as the word "undefined".
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
