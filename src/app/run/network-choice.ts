import {readFile} from 'node:fs/promises';
import {needLoopback} from '../../lab/kernel/loopback.ts';
import {type Network, NoNetwork, openNetwork, type Refusal} from '../../lab/network/network.ts';
import {fill} from '../../messages/fill.ts';
import {networkText, refusalText} from '../../messages/network.ts';
import type {Port} from '../../model/brands.ts';
import {hasServer, type Lesson} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';
import {choosePort, noPort, type PortChoice, portSentence, usualPort} from './port-choice.ts';

/** `auto`: the one that the lesson wants, or this machine's where a port is named. */
export type NetworkWish = 'auto' | 'host' | 'private';

export interface Wishes {
  readonly network: NetworkWish;
  /** Null: the usual one, or the next that is free. */
  readonly port: Port | null;
}

/** What a walk runs on: the network that its actors live in, and the server's port there. Whoever has it lets go of it. */
export interface ChosenNetwork {
  /** Null: this machine's own, and nothing is captured. */
  readonly network: Network | null;
  readonly port: Port;
  /** Keeps other walks of this machine off the port. */
  readonly hold: AsyncDisposable | null;
}

export interface NetworkChoice {
  readonly port: PortChoice;
  readonly network: Network | null;
  /** Why it is not the private network that was wanted; null where all is as wanted. */
  readonly refusal: Refusal | null;
  /** Other machines can reach a server of the lesson. */
  readonly isOpen: boolean;
}

/** This machine does not change while the program runs: what was refused once is not asked for again. */
let refused: Refusal | null = null;

/** Finds a network and a port for a lesson. Where no private network can be made it goes on without one. Throws `NoLoopback`. */
export async function chooseNetwork(lesson: Lesson, wishes: Wishes): Promise<NetworkChoice> {
  const isOpen = lesson.listensOnAllAddresses === true;
  if (!isPrivate(lesson, wishes)) return {...(await onThisMachine(lesson, wishes)), refusal: null, isOpen};
  try {
    if (refused) throw new NoNetwork(refused);
    const network = await openNetwork(lesson.network === 'home' ? 'home' : 'here');
    // Nobody else is there: any port is free.
    const free = hasServer(lesson) ? {...noPort, port: wishes.port ?? usualPort} : noPort;
    return {port: free, network, refusal: null, isOpen: false};
  } catch (error) {
    if (!(error instanceof NoNetwork)) throw error;
    refused = error.refusal;
    return {...(await onThisMachine(lesson, wishes)), refusal: refused, isOpen};
  }
}

function isPrivate(lesson: Lesson, {network, port}: Wishes): boolean {
  if (network !== 'auto') return network === 'private';
  if (lesson.network !== undefined) return lesson.network !== 'host';
  // Who names a port wants it on this machine, where something else may look for it; 0 names none.
  return !port;
}

async function onThisMachine(lesson: Lesson, wishes: Wishes): Promise<{port: PortChoice; network: Network | null}> {
  await needLoopback();
  const chosen = hasServer(lesson) ? await choosePort(wishes.port) : noPort;
  const network = chosen.kind !== 'refused' && (await mayCapture()) ? await openNetwork('host') : null;
  return {port: chosen, network};
}

/** CAP_NET_RAW, bit 13 of CapEff (man 7 capabilities). */
export async function mayCapture(): Promise<boolean> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  return (effective & (1n << 13n)) !== 0n;
}

/** Null where the port is refused. */
export const chosenNetwork = ({port: chosen, network}: NetworkChoice): ChosenNetwork | null =>
  chosen.kind === 'refused' ? null : {network, port: chosen.port, hold: chosen.hold};

export async function letGo({network, hold}: Pick<ChosenNetwork, 'network' | 'hold'>): Promise<void> {
  await network?.[Symbol.asyncDispose]();
  await hold?.[Symbol.asyncDispose]();
}

/** Lets go of what was chosen and is not wanted any more. */
export const letGoOf = ({port: chosen, network}: NetworkChoice): Promise<void> =>
  letGo({network, hold: chosen.kind === 'refused' ? null : chosen.hold});

const told = new Set<Refusal>();

/** What there is to say of what was chosen; why there is no private network is said once while the program runs. */
export function networkSentence({port: chosen, refusal, isOpen}: NetworkChoice, language: Language): string {
  const sentences = [portSentence(chosen, language)];
  if (isOpen) sentences.push(networkText.open[language]);
  if (refusal && !told.has(refusal)) sentences.unshift(refusalSentence(refusal, language));
  if (refusal) told.add(refusal);
  return sentences.filter(sentence => sentence !== '').join(' ');
}

/** Which refused, and what would allow it. */
export const refusalSentence = (refusal: Refusal, language: Language): string =>
  `${fill(networkText.refused, language, {why: fill(refusalText[refusal.kind], language, {...refusal})})}`;
