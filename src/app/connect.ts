import type {Socket} from 'node:net';
import type {Readable, Writable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {withoutSteering} from '../../components/spans.ts';
import {CannotConnect, openSocket} from '../lab/connection.ts';
import {isSocketFile, longestPath} from '../lab/socket-file.ts';
import {connectAdvice, connectText, lookupText} from '../messages/connect.ts';
import {errnoText} from '../messages/errnos.ts';
import {fill} from '../messages/fill.ts';
import type {Errno} from '../model/errno.ts';
import type {Language, Text} from '../model/text.ts';
import {exitCodeOf} from './cannot-run.ts';
import type {ConnectWish} from './serve-wish.ts';

/** What the command may use of the world. */
export interface ConnectSurroundings {
  readonly language: Language;
  readonly isScreen: boolean;
  readonly input: Readable;
  readonly output: Writable & {readonly isTTY?: boolean};
  readonly say: (line: string) => void;
  readonly signals: readonly NodeJS.Signals[];
  /** Shows the connection until whoever is there leaves. Resolves with the exit code. */
  readonly show: (socket: Socket, wish: ConnectWish) => Promise<number>;
}

/** @returns the exit code: 0 when the connection ended in good order, 1 when it could not be made or broke off */
export async function connectCommand(wish: ConnectWish, around: ConnectSurroundings): Promise<number> {
  const {language, say} = around;
  try {
    const socket = await openSocket(wish.target.kind === 'unix' ? {path: wish.target.path} : wish.target);
    return await (around.isScreen ? around.show(socket, wish) : pipe(socket, around));
  } catch (error) {
    if (!(error instanceof CannotConnect)) throw error;
    const {errno} = error;
    const values = {target: wish.word, errno, meaning: meaningOf(errno, language)};
    const what = fill(await adviceOn(wish, errno), language, {...values, limit: longestPath});
    say(fill(connectText.failed, language, {...values, what}));
    return 1;
  }
}

/** What to do about it. */
async function adviceOn({target}: ConnectWish, errno: string): Promise<Text> {
  if (target.kind === 'unix' && errno === 'ECONNREFUSED')
    return (await isSocketFile(target.path)) ? connectText.stale : connectText.noSocket;
  return connectAdvice[errno] ?? connectText.whateverElse;
}

export const meaningOf = (errno: string, language: Language): string =>
  (errnoText[errno as Errno] ?? lookupText[errno])?.[language] ?? errno;

/** Standard input to the socket, and the socket to standard output: bytes as they are, but to a terminal harmless. */
function pipe(socket: Socket, {language, input, output, say, signals}: ConnectSurroundings): Promise<number> {
  return new Promise(resolve => {
    let code = 0;
    for (const signal of signals) {
      process.on(signal, () => {
        code = exitCodeOf(signal);
        socket.destroy();
      });
    }
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const errno = error.code ?? 'EUNKNOWN';
      say(fill(connectText.broken, language, {errno, meaning: meaningOf(errno, language)}));
      code = 1;
    });
    socket.on('close', () => {
      input.destroy();
      resolve(code);
    });
    // The server is done, and so there is nobody left to send to who would answer.
    socket.on('end', () => socket.end());
    input.on('error', () => socket.end());
    input.pipe(socket);
    if (!output.isTTY) return void socket.pipe(output, {end: false});
    const decoder = new StringDecoder('utf8');
    socket.on('data', (chunk: Buffer) => output.write(withoutSteeringLines(decoder.write(chunk))));
  });
}

const withoutSteeringLines = (text: string): string => text.split('\n').map(withoutSteering).join('\n');
