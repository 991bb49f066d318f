import type {ArgumentName} from '../../messages/line-help.ts';
import type {ActorName} from '../../model/actor.ts';
import {endpointText} from '../../model/address.ts';
import {messageFlags} from '../../model/call.ts';
import {domains, optionNames, shutdownHows, socketFlags, socketTypes} from './argument-words.ts';
import {callBegun, callForms, isTypedCall, typedCalls} from './call-forms.ts';
import {expectedWords, labActors, labWords} from './lab-line.ts';
import type {Scene} from './scene.ts';

/** What could stand where the line ends. */
export interface Completion {
  /** The column where the word begins. */
  readonly from: number;
  /** All words that begin as it does; with nothing written yet, all that may stand there. */
  readonly words: readonly string[];
}

/** What Tab offers at the end of this line. `challenges` are the ids of those that there are. */
export function completionOf(line: string, scene: Scene, challenges: readonly string[]): Completion {
  const isInQuotes = line.replaceAll(/\\./g, '').split('"').length % 2 === 0;
  if (isInQuotes) return {from: line.length, words: []};
  const [begun = ''] = /[^\s|"]*$/.exec(line) ?? [];
  const from = line.length - begun.length;
  const all = wordsAfter(line.slice(0, from).replace(/[^\s|]+\|(?:[^\s|]+\|)*$/, ''), scene, challenges);
  const words = all.filter(word => word.toLowerCase().startsWith(begun.toLowerCase()));
  return {from, words: [...new Set(words)]};
}

/** What an argument of the call that a line has begun is about: the one at its end; null where there is no call, or none more. */
export function argumentAt(line: string, scene: Scene): ArgumentName | null {
  const call = callBegun(line);
  if (!call) return null;
  const given = line.slice(call.end).split(/\s+/).slice(1);
  const word = given.pop();
  if (word === undefined) return null;
  const isFd = descriptorsOf(scene, scene.actors.find(name => line.trim().startsWith(`${name} `)) ?? scene.actor);
  const [first, second] = argumentsAfter(callForms[call.name], given, isFd);
  // What is no descriptor is the next argument: the descriptor was left out then.
  return (first === 'fd' && word !== '' && !isFd(word) ? second : first) ?? null;
}

function wordsAfter(before: string, scene: Scene, challenges: readonly string[]): readonly string[] {
  const given = before
    .trim()
    .split(/\s+/)
    .filter(word => word !== '');
  const [first, second] = given;
  if (first === undefined) return [...scene.actors, ...typedCalls, ...labWords];
  const named = scene.actors.find(actor => actor === first);
  if (named && second === undefined) return typedCalls;
  const name = named ? second : first;
  if (name !== undefined && isTypedCall(name)) {
    const own = {...scene, actor: named ?? scene.actor};
    const kinds = argumentsAfter(callForms[name], given.slice(named ? 2 : 1), descriptorsOf(own, own.actor));
    return kinds.flatMap(kind => wordsOfKind(kind, own));
  }
  return given.length === 1 ? wordsOfCommand(first, scene, challenges) : first === 'expect' ? expectedWords : [];
}

function wordsOfCommand(word: string, scene: Scene, challenges: readonly string[]): readonly string[] {
  switch (word) {
    case 'spawn':
      return labActors;
    case 'kill':
    case 'wait':
      return scene.actors;
    case 'challenge':
      return challenges;
    case 'help':
      return typedCalls;
    case 'expect':
      return [...expectedWords, ...scene.actors];
    default:
      return [];
  }
}

/** Whether a word is a descriptor: a number, or one of the actor's names. */
const descriptorsOf =
  ({labels}: Scene, actor: ActorName) =>
  (word: string): boolean =>
    /^\d+$/.test(word) || labels[actor]?.has(word) === true;

/** Which arguments may come after these: the descriptor may have been left out. */
function argumentsAfter(
  kinds: readonly ArgumentName[],
  given: readonly string[],
  isFd: (word: string) => boolean,
): readonly ArgumentName[] {
  if (kinds[0] === 'fds') return kinds;
  if (kinds[0] !== 'fd') return kinds.slice(given.length, given.length + 1);
  if (given[0] === undefined) return kinds.slice(0, 2);
  const hasFd = isFd(given[0]);
  const at = given.length + (hasFd ? 0 : 1);
  return kinds.slice(at, at + 1);
}

function wordsOfKind(kind: ArgumentName, scene: Scene): readonly string[] {
  const own = scene.sockets.filter(row => row.actor === scene.actor && row.fd !== null);
  switch (kind) {
    case 'fd':
    case 'fds':
      return [...own.map(row => String(row.fd)), ...(scene.labels[scene.actor]?.keys() ?? [])];
    case 'domain':
      return domains;
    case 'type':
      return [...socketTypes, ...socketFlags];
    case 'address':
      return addresses(scene);
    case 'data':
      return ['"hello\\n"', '"こんにちは\\n"'];
    case 'message-flags':
      return Object.keys(messageFlags);
    case 'how':
      return shutdownHows;
    case 'option':
      return optionNames;
    case 'value':
      return ['1', '0'];
    case 'status-flags':
      return ['O_NONBLOCK', '0', 'F_GETFL'];
    case 'socket-flags':
      return [...socketFlags, '0'];
    case 'host':
      return ['localhost'];
    case 'file':
      return ['chat.sock'];
    case 'backlog':
    case 'length':
    case 'timeout':
      return [];
  }
}

/** Where somebody can be reached, and where the server would be. */
function addresses({sockets, serverPort}: Scene): readonly string[] {
  const named = sockets.filter(row => row.state === 'LISTEN' || row.protocol.startsWith('udp'));
  const known = named.flatMap(({local}) => ('port' in local && local.port > 0 ? [endpointText(local)] : []));
  return [...known, `127.0.0.1:${serverPort}`, `[::1]:${serverPort}`, `0.0.0.0:${serverPort}`];
}

/** The line after Tab: the word as far as all candidates agree, or the next of them in turn. */
export function completed(line: string, {from, words}: Completion): string {
  const begun = line.slice(from);
  const shared = words.reduce((all, word) => all.slice(0, sharedLength(all, word)), words[0] ?? begun);
  const isWhole = words.length === 1;
  return `${line.slice(0, from)}${shared.length >= begun.length ? shared : begun}${isWhole ? ' ' : ''}`;
}

function sharedLength(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n]?.toLowerCase() === b[n]?.toLowerCase()) n += 1;
  return n;
}
