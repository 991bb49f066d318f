import {isIPv6} from 'node:net';
import {longestPath, lookAtPath, removeStale} from '../../lab/file/socket-file.ts';
import {holdPort, ownerOf} from '../../lab/kernel/port.ts';
import {errnoWords} from '../../messages/errno-words.ts';
import {fill} from '../../messages/fill.ts';
import {serveText} from '../../messages/serve.ts';
import {endpointText} from '../../model/address.ts';
import type {ServePlace} from '../../model/serve.ts';
import type {Language} from '../../model/text.ts';
import {firstUnprivileged, ownerSentence, usualPort} from '../run/port-choice.ts';
import {ownAddresses} from './own-addresses.ts';
import type {WishedPlace} from './serve-options.ts';

/** A place to listen on, and what keeps it for this server. */
export type Prepared =
  | {
      readonly kind: 'ready';
      readonly place: ServePlace;
      readonly hold: AsyncDisposable | null;
      readonly said: string | null;
    }
  | {readonly kind: 'refused'; readonly sentence: string};

export const placeOf = (wished: WishedPlace): ServePlace =>
  wished.kind === 'unix' ? wished : {...wished, port: wished.port ?? usualPort};

/** Whether only programs of this machine can connect. */
export const isLocal = (place: ServePlace): boolean =>
  place.kind === 'unix' || place.host === '::1' || place.host.startsWith('127.');

/** Looks at what stands in the way before the kernel is asked: a socket file, or a walk that will need the port. */
export async function prepare(place: ServePlace, language: Language): Promise<Prepared> {
  if (place.kind === 'unix') return preparePath(place, language);
  if (place.kind === 'udp' || place.host !== '127.0.0.1' || place.port === 0)
    return {kind: 'ready', place, hold: null, said: null};
  const hold = await holdPort(place.port);
  if (hold) return {kind: 'ready', place, hold, said: null};
  const owner = ownerSentence({kind: 'walk'}, language);
  return refused(place, 'EADDRINUSE', fill(serveText.otherPort, language, {owner}), language);
}

async function preparePath(place: Extract<ServePlace, {kind: 'unix'}>, language: Language): Promise<Prepared> {
  const {path} = place;
  const say = (text: Parameters<typeof fill>[0], values = {}) => fill(text, language, {path, ...values});
  const found = await lookAtPath(path);
  switch (found.kind) {
    case 'nothing':
      return {kind: 'ready', place, hold: null, said: null};
    case 'stale':
      removeStale(path, found);
      return {kind: 'ready', place, hold: null, said: say(serveText.pathStale)};
    case 'in-use':
      return {kind: 'refused', sentence: say(serveText.pathInUse)};
    case 'not-ours':
      return {kind: 'refused', sentence: say(serveText.pathNotOurs)};
    case 'no-socket':
      return {kind: 'refused', sentence: say(serveText.pathNoSocket)};
    case 'too-long':
      return {kind: 'refused', sentence: say(serveText.pathTooLong, {bytes: found.bytes, limit: longestPath})};
    case 'refused':
      return {kind: 'refused', sentence: await refusalSentence(place, found.errno, language)};
  }
}

/** One sentence on why the kernel does not let the server listen there, and what to do. */
export async function refusalSentence(place: ServePlace, errno: string, language: Language): Promise<string> {
  const what = await adviceOn(place, errno, language);
  const answer = refused(place, errno, what, language);
  return answer.sentence;
}

function refused(place: ServePlace, errno: string, what: string, language: Language) {
  const where = place.kind === 'unix' ? place.path : endpointText(place);
  const sentence = fill(serveText.refused, language, {place: where, why: errnoWords(errno, language), what}).trimEnd();
  return {kind: 'refused', sentence} as const;
}

async function adviceOn(place: ServePlace, errno: string, language: Language): Promise<string> {
  const isUnix = place.kind === 'unix';
  switch (errno) {
    case 'EADDRINUSE': {
      const owner = isUnix ? '' : ownerSentence(await ownerOf(place.port, place.kind), language);
      return fill(serveText.otherPort, language, {owner});
    }
    case 'EACCES':
      if (isUnix) return serveText.notAllowedThere[language];
      return fill(serveText.privileged, language, {first: await firstUnprivileged()});
    case 'EADDRNOTAVAIL':
      return fill(serveText.notOurs, language, {addresses: ownAddresses().join(', ')});
    case 'EINVAL':
      return (!isUnix && /^fe80:/i.test(place.host) ? serveText.linkLocal : serveText.whateverElse)[language];
    case 'EAFNOSUPPORT':
      return serveText.noFamily[language];
    case 'ENOENT':
    case 'ENOTDIR':
      return serveText.noFolder[language];
    default:
      return serveText.whateverElse[language];
  }
}

/** A command that connects, for somebody on this machine; or on another one, where the server lets those in. */
export function commandFor(place: ServePlace): string {
  if (place.kind === 'unix') return `nc -U ${pathWord(place.path)}`;
  const host = reachable(place.host);
  return `nc ${place.kind === 'udp' ? '-u ' : ''}${host} ${place.port}`;
}

/** What `sockwalk connect` is given. */
export const targetFor = (place: ServePlace): string =>
  place.kind === 'unix' ? pathWord(place.path) : endpointText(place);

/** A path as a word of a shell’s line; with a slash, by which it is known for a path. */
function pathWord(path: string): string {
  const word = path.includes('/') ? path : `./${path}`;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What a browser or curl is given; null where neither can connect. */
export const urlFor = (place: ServePlace): string | null =>
  place.kind === 'tcp' ? `http://${endpointText({...place, host: reachable(place.host)})}/` : null;

/** An address to connect to, in place of the wildcard address. */
function reachable(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  return ownAddresses().find(address => host === '::' || !isIPv6(address)) ?? '127.0.0.1';
}
