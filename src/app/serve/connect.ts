import type {Socket} from 'node:net';
import {isSocketFile, longestPath} from '../../lab/file/socket-file.ts';
import {CannotConnect, openSocket} from '../../lab/serve/connection.ts';
import {connectAdvice, connectText} from '../../messages/connect.ts';
import {errnoWords} from '../../messages/errno-words.ts';
import {fill} from '../../messages/fill.ts';
import type {Text} from '../../model/text.ts';
import {type PipeEnvironment, pipe} from './connect-pipe.ts';
import type {ConnectWish} from './serve-options.ts';

/** What the command may use of the world. */
export interface ConnectEnvironment extends PipeEnvironment {
  readonly isScreen: boolean;
  /** Shows the connection until whoever is there leaves. Resolves with the exit code. */
  readonly show: (socket: Socket, wish: ConnectWish) => Promise<number>;
}

/** @returns the exit code: 0 when the connection ended in good order, 1 when it could not be made or broke off */
export async function connectCommand(wish: ConnectWish, around: ConnectEnvironment): Promise<number> {
  const {language, say} = around;
  try {
    const socket = await openSocket(wish.target.kind === 'unix' ? {path: wish.target.path} : wish.target);
    return await (around.isScreen ? around.show(socket, wish) : pipe(socket, around));
  } catch (error) {
    if (!(error instanceof CannotConnect)) throw error;
    const {errno} = error;
    const what = fill(await adviceOn(wish, errno), language, {target: wish.word, limit: longestPath});
    say(fill(connectText.failed, language, {target: wish.word, why: errnoWords(errno, language), what}));
    return 1;
  }
}

/** What to do about it. */
async function adviceOn({target}: ConnectWish, errno: string): Promise<Text> {
  if (target.kind === 'unix' && errno === 'ECONNREFUSED')
    return (await isSocketFile(target.path)) ? connectText.stale : connectText.noSocket;
  return connectAdvice[errno] ?? connectText.whateverElse;
}
