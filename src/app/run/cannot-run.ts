import {NoSystemCalls} from '../../lab/actor/actor-process.ts';
import {NoProcess, silentForMs} from '../../lab/child/first-message.ts';
import {NoFolder} from '../../lab/file/folder.ts';
import {longestPath} from '../../lab/file/socket-file.ts';
import {NoLoopback} from '../../lab/kernel/loopback.ts';
import {NoKernelTables} from '../../lab/lab.ts';
import {NoNetwork} from '../../lab/network/network.ts';
import {cliText} from '../../messages/cli.ts';
import {errnoWords} from '../../messages/errno-words.ts';
import {fill} from '../../messages/fill.ts';
import {networkText, refusalText} from '../../messages/network.ts';
import type {Language} from '../../model/text.ts';
import {NoPort} from './open-free-play.ts';
import {portSentence} from './port-choice.ts';

/** Why lessons cannot run on this machine; null when the error is another. */
export function cannotRun(error: unknown, language: Language): string | null {
  if (error instanceof NoSystemCalls) {
    return fill(cliText.noSystemCalls, language, {why: error.message.split('\n')[0] ?? ''});
  }
  if (error instanceof NoProcess) return unstartedSentence(error, language);
  if (error instanceof NoFolder) return folderSentence(error, language);
  if (error instanceof NoLoopback)
    return fill(cliText.noLoopback, language, {why: errnoWords(error.message, language)});
  if (error instanceof NoNetwork) {
    const why = fill(refusalText[error.refusal.kind], language, {...error.refusal});
    return fill(networkText.failed, language, {why});
  }
  if (error instanceof NoPort) return portSentence(error.choice, language);
  if (error instanceof NoKernelTables) return fill(cliText.noKernelTables, language, {why: error.message});
  return null;
}

function unstartedSentence({what: {file, how, said}}: NoProcess, language: Language): string {
  if (how === null) return fill(cliText.silentProcess, language, {file, seconds: silentForMs / 1000});
  return fill(cliText.noProcess, language, {file, how: [how, said].filter(Boolean).join(': ')});
}

export function folderSentence({folder, errno}: NoFolder, language: Language): string {
  if (errno === null) return fill(cliText.longFolder, language, {folder, most: longestPath});
  return fill(cliText.noFolder, language, {folder, why: errnoWords(errno, language)});
}
