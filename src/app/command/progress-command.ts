import {createInterface} from 'node:readline/promises';
import {cliText} from '../../messages/cli.ts';
import {fill} from '../../messages/fill.ts';
import type {Language} from '../../model/text.ts';
import {noProgress, type Progress} from '../keep/progress.ts';
import {loadProgress, progressText, readProgress, saveProgress} from '../keep/progress-file.ts';
import type {ProgressCommand} from './options.ts';

type Import = Extract<ProgressCommand, {kind: 'import'}>;

/** Where the command writes, and whether there is somebody to ask. */
export interface Asking {
  readonly language: Language;
  /** Standard output, as it is: what is exported is a file. */
  readonly out: (text: string) => void;
  /** A sentence for whoever is there. */
  readonly say: (line: string) => void;
  readonly isTerminal: boolean;
}

/** @returns the exit code: 0, 1 when a file cannot be read or written or is none of ours, 2 when nobody can be asked. */
export async function progressCommand(what: ProgressCommand, asking: Asking): Promise<number> {
  const {language, say} = asking;
  const {progress, setAside} = await loadProgress();
  if (setAside) say(fill(cliText.progressSetAside, language, {file: setAside}));
  switch (what.kind) {
    case 'export':
      asking.out(progressText(progress));
      return 0;
    case 'import':
      return importFrom(what, progress, asking);
    case 'reset':
      return reset(progress, what.isSure, asking);
  }
}

async function importFrom({file, isSure}: Import, kept: Progress, asking: Asking): Promise<number> {
  const {language, say} = asking;
  let imported: Progress | null;
  try {
    imported = await readProgress(file);
  } catch (error) {
    say(fill(cliText.importUnreadable, language, {file, why: (error as NodeJS.ErrnoException).code ?? String(error)}));
    return 1;
  }
  if (!imported) {
    say(fill(cliText.importForeign, language, {file}));
    return 1;
  }
  const values = {file, count: lostBy(kept, imported)};
  if (values.count > 0 && !isSure) {
    if (!asking.isTerminal) {
      say(fill(cliText.importNeedsYes, language, values));
      return 2;
    }
    if (!(await isYes(fill(cliText.importLoses, language, values)))) {
      say(cliText.importNot[language]);
      return 0;
    }
  }
  if (!(await isSaved(imported, language, say))) return 1;
  say(fill(cliText.imported, language, {file, count: Object.keys(imported.lessons).length}));
  return 0;
}

/** How many lessons, beliefs and challenges are known of, and not in the set that would take their place. */
function lostBy(kept: Progress, other: Progress): number {
  const parts = ['lessons', 'beliefs', 'challenges'] as const;
  return parts.flatMap(part => Object.keys(kept[part]).filter(key => !Object.hasOwn(other[part], key))).length;
}

/** Whether it could be written; says why when it could not. */
async function isSaved(progress: Progress, language: Language, say: Asking['say']): Promise<boolean> {
  try {
    await saveProgress(progress);
    return true;
  } catch (error) {
    say(fill(cliText.progressUnwritable, language, {why: (error as NodeJS.ErrnoException).code ?? String(error)}));
    return false;
  }
}

async function reset(progress: Progress, isSure: boolean, {language, say, isTerminal}: Asking): Promise<number> {
  const count = Object.keys(progress.lessons).length;
  const {server, client} = progress.made;
  const others = Object.keys({...progress.beliefs, ...progress.challenges}).length + server.length + client.length;
  if (count + others === 0) {
    say(cliText.noneKept[language]);
    return 0;
  }
  if (!isSure && !isTerminal) {
    say(cliText.resetNeedsYes[language]);
    return 2;
  }
  if (!isSure && !(await isYes(fill(cliText.resetSure, language, {count})))) {
    say(cliText.resetNot[language]);
    return 0;
  }
  if (!(await isSaved(noProgress, language, say))) return 1;
  say(cliText.resetDone[language]);
  return 0;
}

async function isYes(question: string): Promise<boolean> {
  const lines = createInterface({input: process.stdin, output: process.stderr});
  const closed = new Promise<string>(resolve => lines.once('close', () => resolve('')));
  const answer = await Promise.race([lines.question(question), closed]);
  lines.close();
  return /^(y|yes|はい)$/i.test(answer.trim());
}
