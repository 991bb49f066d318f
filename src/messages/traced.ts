import type {TracedCall} from '../model/traced.ts';
import {harmlessText} from './harmless.ts';
import {plainLine} from './notation.ts';

/** A system call as strace saw it, in the shorter notation of the call list: addresses as `127.0.0.1:8080`. */
export const tracedText = (call: TracedCall, ascii = false): string =>
  `${tracedCallText(call, ascii)} ${tracedResultText(call, ascii)}`;

/** `= 19`, `= -1 EINPROGRESS`, and `= ?` where it has not returned. */
export const tracedResultText = ({result, errno}: TracedCall, ascii = false): string =>
  errno === null ? `= ${result ?? '?'}` : `= -1 ${plainLine(errno, ascii)}`;

/** The same without the result. */
export const tracedCallText = ({name, args}: TracedCall, ascii = false): string =>
  `${plainLine(name, ascii)}(${args.map(arg => argumentText(arg, ascii)).join(', ')})`;

const inet = /^\{sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("(.*)"\)\}$/;
const inet6 = /^\{sa_family=AF_INET6, sin6_port=htons\((\d+)\), .*inet_pton\(AF_INET6, "(.*)", &sin6_addr\).*\}$/;

function argumentText(arg: string, ascii: boolean): string {
  if (arg === 'IPPROTO_IP') return '0';
  const text = arg.replace(/"((?:\\x[0-9a-f]{2})*)"/g, (_, hex: string) => `"${readable(hex, ascii)}"`);
  const [, port4, host4] = inet.exec(text) ?? [];
  if (host4 !== undefined) return `${host4}:${port4}`;
  const [, port6, host6] = inet6.exec(text) ?? [];
  return host6 === undefined ? plainLine(text, ascii) : `[${host6}]:${port6}`;
}

const readable = (hex: string, ascii: boolean): string =>
  harmlessText(Buffer.from(hex.replaceAll('\\x', ''), 'hex'), ascii).replaceAll('"', '\\"');
