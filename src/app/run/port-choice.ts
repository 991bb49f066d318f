import {readFile} from 'node:fs/promises';
import {holdPort, nextFree, ownerOf, type PortOwner, refusalOf} from '../../lab/kernel/port.ts';
import {cliText, ownerText} from '../../messages/cli.ts';
import {errnoWords} from '../../messages/errno-words.ts';
import {fill} from '../../messages/fill.ts';
import {type Port, port} from '../../model/brands.ts';
import type {Errno} from '../../model/errno.ts';
import type {Language} from '../../model/text.ts';

export const usualPort = port(8080);

/** `hold` keeps other walks off the port; whoever gets it lets go of it. */
export type PortChoice =
  | {readonly kind: 'free'; readonly port: Port; readonly hold: AsyncDisposable | null}
  | {
      readonly kind: 'moved';
      readonly port: Port;
      readonly hold: AsyncDisposable;
      readonly from: Port;
      readonly owner: PortOwner;
    }
  | {
      readonly kind: 'refused';
      readonly port: Port;
      readonly errno: Errno;
      readonly owner: PortOwner;
      readonly firstUsual: number;
    };

/** For lessons in which no server of ours takes part. */
export const noPort: PortChoice = {kind: 'free', port: port(0), hold: null};

/** The port for a walk. One that the learner named is used or refused; the usual one gives way to the next free one. */
export async function choosePort(named: Port | null): Promise<PortChoice> {
  const wanted = named ?? usualPort;
  // Port 0 is the kernel's choice: it gives every walk another one.
  if (wanted === 0) return {kind: 'free', port: wanted, hold: null};
  const hold = await holdPort(wanted);
  const errno = hold ? await refusalOf(wanted) : 'EADDRINUSE';
  if (errno === null) return {kind: 'free', port: wanted, hold};
  await hold?.[Symbol.asyncDispose]();
  const owner: PortOwner = hold ? await ownerOf(wanted) : {kind: 'walk'};
  const next = named === null ? await nextFree(wanted) : null;
  if (next) return {kind: 'moved', ...next, from: wanted, owner};
  return {kind: 'refused', port: wanted, errno, owner, firstUsual: await firstUnprivileged()};
}

/** ip_unprivileged_port_start, man 7 ip. */
export async function firstUnprivileged(): Promise<number> {
  const text = await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || 1024;
}

/** One sentence on what became of the port; empty when there is nothing to say. */
export function portSentence(choice: PortChoice, language: Language): string {
  switch (choice.kind) {
    case 'free':
      return '';
    case 'moved':
      return fill(cliText.portMoved, language, {
        port: choice.from,
        next: choice.port,
        owner: ownerSentence(choice.owner, language),
      });
    case 'refused': {
      const {errno, firstUsual} = choice;
      const values = {port: choice.port, why: errnoWords(errno, language), first: firstUsual};
      if (errno === 'EACCES') return fill(cliText.portNotPermitted, language, values);
      return fill(cliText.portRefused, language, {...values, owner: ownerSentence(choice.owner, language)}).trimEnd();
    }
  }
}

/** Ends in a space, so that another sentence may follow. */
export const ownerSentence = (owner: PortOwner, language: Language): string =>
  fill(ownerText[owner.kind], language, {...owner});
