import {constants} from 'node:os';
import {NoSystemCalls} from '../lab/actor-process.ts';
import {NoKernelTables} from '../lab/lab.ts';
import {cliText} from '../messages/cli.ts';
import {fill} from '../messages/fill.ts';
import type {Language} from '../model/text.ts';
import {NoPort} from './open-free-play.ts';
import {portSentence} from './port-choice.ts';

/** Why lessons cannot run on this machine; null when the error is another. */
export function cannotRun(error: unknown, language: Language): string | null {
  if (error instanceof NoSystemCalls) {
    return fill(cliText.noSystemCalls, language, {why: error.message.split('\n')[0] ?? ''});
  }
  if (error instanceof NoPort) return portSentence(error.choice, language);
  if (error instanceof NoKernelTables) return fill(cliText.noKernelTables, language, {why: error.message});
  return null;
}

/** A process that a signal ended, as shells number it (bash(1), EXIT STATUS). */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];
