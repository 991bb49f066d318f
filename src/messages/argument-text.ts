import {type Linger, messageFlags, type SocketFlag, type SocketType, type Timeout} from '../model/call.ts';
import type {Returned} from '../model/outcome.ts';

/** `MSG_PEEK|MSG_DONTWAIT`; bits without a name here as a number. */
export function flagsText(flags: number): string {
  const named = Object.entries(messageFlags).filter(([, bit]) => (flags & bit) !== 0);
  const rest = named.reduce((left, [, bit]) => left & ~bit, flags);
  return [...named.map(([name]) => name), ...(rest !== 0 || flags === 0 ? [String(rest)] : [])].join('|');
}

/** As C writes a mode: 0600, and 0. */
export const octal = (mode: number): string => (mode === 0 ? '0' : `0${mode.toString(8)}`);

/** `SOCK_STREAM|SOCK_NONBLOCK`. */
export const typeText = ({type, flags = []}: {readonly type: SocketType; readonly flags?: readonly SocketFlag[]}) =>
  [type, ...flags].join('|');

/** As C writes the values: an int, or the members of `struct linger` or `struct timeval` (seconds and microseconds). */
export function optionText(value: number | Linger | Timeout): string {
  if (typeof value === 'number') return String(value);
  if ('onoff' in value) return `{${value.onoff}, ${value.seconds}}`;
  const us = Math.round(value.milliseconds * 1000);
  return `{${Math.floor(us / 1_000_000)}, ${us % 1_000_000}}`;
}

export function optionRead(returned: Returned | null): string {
  if (returned?.credentials) {
    const {pid, uid, gid} = returned.credentials;
    return `, {pid ${pid}, uid ${uid}, gid ${gid}}`;
  }
  const value = returned?.linger ?? returned?.timeout ?? returned?.option;
  return value === undefined ? '' : `, ${optionText(value)}`;
}

// include/uapi/asm-generic/fcntl.h; the two lowest bits are one number.
const accessModes = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'];
const statusFlags = {O_APPEND: 0o2000, O_NONBLOCK: 0o4000, O_ASYNC: 0o20000};

/** `0x802 (flags O_RDWR|O_NONBLOCK)`: a descriptor's status flags, as fcntl() with F_GETFL returns them. */
export function statusText(value: number): string {
  const named = Object.entries(statusFlags).filter(([, bit]) => (value & bit) !== 0);
  const rest = named.reduce((left, [, bit]) => left & ~bit, value & ~3);
  const hex = (bits: number) => `0x${bits.toString(16)}`;
  const words = [accessModes[value & 3] ?? '3', ...named.map(([name]) => name), ...(rest === 0 ? [] : [hex(rest)])];
  return `${hex(value)} (flags ${words.join('|')})`;
}
