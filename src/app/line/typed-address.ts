import {isIP} from 'node:net';
import {join} from 'node:path';
import {labText} from '../../messages/lab.ts';
import type {Address} from '../../model/address.ts';
import {isPort, port} from '../../model/brands.ts';
import type {Text} from '../../model/text.ts';
import type {Complaint} from '../words/complaint.ts';
import {WrongWord} from '../words/wrong-word.ts';
import {wrongInHost} from './address-word.ts';

/** An address and port as they are typed, of this machine only: free play stays on loopback. Throws `WrongWord`. */
export function readAddress(word: string, column: number, call: string): Address {
  const wrong = (text: Text, values: Complaint['values'], at: number) => new WrongWord(text, values, column + at);
  const [, six, name, number] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+)):([^:]*)$/.exec(word) ?? [];
  const host = six ?? name;
  if (host === undefined || number === undefined) throw wrong(textWithoutPort(word), {word}, stray(word));
  const isNumbers = isIP(host) === (six === undefined ? 4 : 6);
  if (!isNumbers && !/^[\d.]+$/.test(host)) {
    throw isName(host) ? wrong(labText.hostName, {host, call}, 0) : wrong(labText.badAddress, {word}, stray(word));
  }
  if (!isNumbers) throw wrong(labText.badAddress, {word}, Math.max(0, wrongInHost(host)));
  if (!/^\d{1,5}$/.test(number) || !isPort(Number(number))) {
    const start = word.length - number.length;
    throw wrong(labText.badPort, {port: number}, start + Math.max(0, number.search(/\D/)));
  }
  if (!isOwn(host)) throw wrong(labText.notHere, {host}, six === undefined ? 0 : 1);
  return {family: six === undefined ? 'AF_INET' : 'AF_INET6', host, port: port(Number(number))};
}

/** `sizeof(sun_path)` without its closing NUL, man 7 unix. */
const longestPath = 107;

/** The path of a socket file in the folder of the lab. Throws `WrongWord`. */
export function readFileName(word: string, column: number, folder: string | null): string {
  const name = word.replace(/^\.\//, '');
  const bad = name.search(/[^\p{L}\p{N}._-]/u);
  if (folder === null || bad >= 0 || name === '' || name === '.' || name === '..') {
    throw new WrongWord(labText.badFile, {word}, column + Math.max(0, bad));
  }
  const path = join(folder, name);
  const bytes = Buffer.byteLength(path);
  if (bytes > longestPath) throw new WrongWord(labText.longPath, {bytes, most: longestPath}, column);
  return path;
}

/** Whether a word can only be meant as the name of a socket file. */
export const isFileName = (word: string): boolean => word.startsWith('./') || /^[\p{L}\p{N}_-][^:]*\.sock$/u.test(word);

/** Whether a word can only be meant as an address and port, right or wrong. */
export const isHostAndPort = (word: string): boolean => /^(?:[\d.]+|\[[^\]]*\]):/.test(word);

/** Where a word stops being an address. */
function stray(word: string): number {
  const end = /^\[[0-9a-fA-F:.]*\]?(?::\d*)?|^[\d.]*(?::\d*)?/.exec(word)?.[0].length ?? 0;
  return end < word.length || !/^\d+$/.test(word) ? end : 0;
}

function textWithoutPort(word: string): Text {
  if (/^\d{1,5}$/.test(word) && isPort(Number(word))) return labText.onlyPort;
  return isIP(word) === 4 || /^\[[0-9a-f:.]+\]$/i.test(word) ? labText.noPort : labText.badAddress;
}

const isName = (host: string): boolean => /^[a-z][a-z0-9.-]*$/i.test(host);

const isOwn = (host: string): boolean => host === '::1' || host === '::' || host === '0.0.0.0' || /^127\./.test(host);
