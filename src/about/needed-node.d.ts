/** Whether a version as `process.versions.node` has it, `20.19.0`, is one that the program runs on. */
export const isNewEnough: (version: string) => boolean;

/** Why the program does not start here, in one sentence in the language of `--lang` or of the locale; null where it does. */
export const whyTooOld: (
  version: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
) => string | null;
