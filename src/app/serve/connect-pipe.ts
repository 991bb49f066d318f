import type {Socket} from 'node:net';
import type {Readable, Writable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {withoutSteering} from '../../draw/text/spans.ts';
import {connectText} from '../../messages/connect.ts';
import {errnoWords} from '../../messages/errno-words.ts';
import {fill} from '../../messages/fill.ts';
import type {Language, Text} from '../../model/text.ts';
import {exitCodeOf} from '../words/exit-code.ts';

/** What a connection without a screen may use of the world. */
export interface PipeEnvironment {
  readonly language: Language;
  readonly input: Readable & {readonly isTTY?: boolean};
  readonly output: Writable & {readonly isTTY?: boolean};
  readonly say: (line: string) => void;
  readonly signals: readonly NodeJS.Signals[];
}

/**
 * Standard input to the socket, and the socket to standard output: bytes as they are, but to a terminal harmless. It ends when both
 * sides are done, as the two directions of a connection end one by one. Resolves with the exit code.
 */
export function pipe(socket: Socket, {language, input, output, say, signals}: PipeEnvironment): Promise<number> {
  return new Promise(resolve => {
    let code = 0;
    const fails = (text: Text, error: NodeJS.ErrnoException) => {
      say(fill(text, language, {why: errnoWords(error.code ?? 'EUNKNOWN', language)}));
      code = 1;
    };
    for (const signal of signals) {
      process.on(signal, () => {
        code = exitCodeOf(signal);
        socket.destroy();
      });
    }
    socket.on('error', error => fails(connectText.broken, error));
    socket.on('close', () => {
      input.destroy();
      resolve(code);
    });
    input.on('error', error => {
      fails(connectText.unreadable, error);
      socket.end();
    });
    // What a file or a program still has to say may be heard by a server that is done sending; a person sees that it is.
    if (input.isTTY) socket.on('end', () => input.unpipe(socket) && socket.end());
    input.pipe(socket);
    if (output.isTTY) writeHarmless(socket, output);
    else socket.pipe(output, {end: false});
  });
}

function writeHarmless(socket: Socket, output: Writable): void {
  const decoder = new StringDecoder('utf8');
  socket.on('data', (chunk: Buffer) => output.write(harmless(decoder.write(chunk))));
  socket.on('end', () => output.write(harmless(decoder.end())));
  // It was paused when it was opened: 'data' alone does not set it going.
  socket.resume();
}

const harmless = (text: string): string => text.split('\n').map(withoutSteering).join('\n');
