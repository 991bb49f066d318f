// Plain JavaScript without a dependency: read by whatever Node somebody has, before anything is built or installed.

/** Older ones cannot even read the program: they know neither some of its regular expressions nor some of its syntax. */
const least = {major: 20, minor: 19};

export const isNewEnough = version => {
  const [major, minor] = version.split('.').map(Number);
  return major > least.major || (major === least.major && minor >= least.minor);
};

/** The language of --lang, else that of the locale as setlocale(3) would choose it. */
const isJapanese = (args, env) => {
  const at = args.lastIndexOf('--lang');
  const joined = args.filter(arg => arg.startsWith('--lang=')).map(arg => arg.slice('--lang='.length));
  const asked = at >= 0 ? args[at + 1] : joined[joined.length - 1];
  if (asked === 'ja' || asked === 'en') return asked === 'ja';
  return /^ja(_|\.|@|$)/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '');
};

export const whyTooOld = (version, args, env) => {
  if (isNewEnough(version)) return null;
  const needed = `${least.major}.${least.minor}`;
  return isJapanese(args, env)
    ? `Node ${needed} 以降が必要です(この Node は ${version} です)。`
    : `This needs Node ${needed} or later; the Node here is ${version}.`;
};
