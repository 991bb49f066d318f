import {isIPv4, isIPv6} from 'node:net';
import {connectText} from '../../messages/connect.ts';
import {isPort, type Port, port} from '../../model/brands.ts';
import type {Text} from '../../model/text.ts';

/** Where to connect to. A host may be a name, which is looked up when it is connected to. */
export type Target =
  | {readonly kind: 'tcp'; readonly host: string; readonly port: Port}
  | {readonly kind: 'unix'; readonly path: string};

/** What is wrong with a word, and at which of its characters. */
export interface WrongWord {
  readonly kind: 'wrong';
  readonly text: Text;
  readonly at: number;
}

/** `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, `8080` or `:8080` (this machine), or what has a slash: a path. */
export function parseTarget(word: string): Target | WrongWord {
  if (word.includes('/')) return {kind: 'unix', path: word};
  if (word.startsWith('[')) return inBrackets(word);
  const colon = word.indexOf(':');
  if (colon < 0) return /^\d+$/.test(word) ? withPort('127.0.0.1', word, 0) : wrong(connectText.noPort, word.length);
  if (word.indexOf(':', colon + 1) >= 0) return wrong(connectText.needsBrackets, isIPv6(word) ? 0 : colon);
  const host = word.slice(0, colon);
  const at = host === '' ? -1 : wrongInHost(host);
  if (at >= 0) return wrong(connectText.badHost, at);
  return withPort(host === '' ? '127.0.0.1' : host, word.slice(colon + 1), colon + 1);
}

/** A numeric address of a machine, with or without brackets, or `localhost`. */
export function parseHost(word: string): {readonly kind: 'host'; readonly host: string} | WrongWord {
  const host = word === 'localhost' ? '127.0.0.1' : word.replace(/^\[(.*)\]$/, '$1');
  if (isIPv4(host) || isIPv6(host)) return {kind: 'host', host};
  return wrong(connectText.notNumeric, Math.max(0, wrongInHost(word)));
}

const wrong = (text: Text, at: number): WrongWord => ({kind: 'wrong', text, at});

function inBrackets(word: string): Target | WrongWord {
  const end = word.indexOf(']');
  if (end < 0) return wrong(connectText.noBracket, word.length);
  if (!isIPv6(word.slice(1, end))) return wrong(connectText.badIpv6, 1);
  if (word[end + 1] !== ':') return wrong(connectText.noPort, end + 1);
  return withPort(word.slice(1, end), word.slice(end + 2), end + 2);
}

function withPort(host: string, digits: string, at: number): Target | WrongWord {
  if (digits === '') return wrong(connectText.noPort, at);
  const stray = digits.search(/\D/);
  if (stray >= 0) return wrong(connectText.badPort, at + stray);
  const n = Number(digits);
  return isPort(n) && n > 0 ? {kind: 'tcp', host, port: port(n)} : wrong(connectText.badPort, at);
}

/** Where a host’s name or IPv4 address goes wrong; -1 when it does not. */
export function wrongInHost(host: string): number {
  const stray = host.search(/[^A-Za-z0-9.-]/);
  if (stray >= 0) return stray;
  if (!/^[\d.]+$/.test(host)) return /^[.-]|\.\.|[.-]$/.test(host) || host.length > 253 ? 0 : -1;
  if (isIPv4(host)) return -1;
  const parts = host.split('.');
  const bad = parts.findIndex((part, i) => i > 3 || !isIPv4(`0.0.0.${part}`));
  return bad < 0 ? host.length : parts.slice(0, bad).join('.').length + (bad > 0 ? 1 : 0);
}
