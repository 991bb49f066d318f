import {type Address, endpointOf, endpointText} from '../model/address.ts';
import type {Call, CallOf} from '../model/call.ts';
import type {LessonCall, Payload} from '../model/lesson.ts';
import {portPlace} from '../model/lesson.ts';
import type {Outcome} from '../model/outcome.ts';
import {bytesOfText, fromBase64} from '../model/payload.ts';
import {harmless} from './harmless.ts';

/** How calls are written down: as strace does, with send and recv by their libc names. The same in both languages. */

/** More characters of a payload than this are cut, as strace does. */
const payloadShown = 32;

export const callText = (
  call: Call,
  result?: Outcome | {readonly kind: 'waiting'} | {readonly kind: 'lost'},
  ascii = false,
): string =>
  notation(
    call,
    String,
    address => endpointText(endpointOf(address)),
    data => quoted(fromBase64(data), ascii),
    ascii,
    result,
  );

/** A call that is still to come, with the lesson's names in place of numbers. */
export const lessonCallText = (call: LessonCall, message: string, ascii = false): string =>
  notation(
    call,
    name => name,
    () => `127.0.0.1:${portPlace}`,
    payload => payloadText(payload, message, ascii),
    ascii,
  );

function payloadText(payload: Payload, message: string, ascii: boolean): string {
  switch (payload.kind) {
    case 'text':
      return quoted(bytesOfText(payload.text), ascii);
    case 'message':
      return quoted(bytesOfText(message), ascii);
    case 'received':
      return 'buffer';
  }
}

function notation<S, W, P>(
  call: CallOf<S, W, P>,
  fd: (socket: S) => string,
  address: (where: W) => string,
  data: (payload: P) => string,
  ascii: boolean,
  result?: Outcome | {readonly kind: 'waiting'} | {readonly kind: 'lost'},
): string {
  const returned = result?.kind === 'returned' ? result : null;
  switch (call.name) {
    case 'socket':
      return `socket(${call.domain}, ${call.type}, ${call.protocol})`;
    case 'bind':
    case 'connect':
      return `${call.name}(${fd(call.fd)}, ${address(call.address)})`;
    case 'listen':
      return `listen(${fd(call.fd)}, ${call.backlog})`;
    case 'accept':
    case 'getsockname':
    case 'getpeername':
      return `${call.name}(${fd(call.fd)}${returned?.address ? `, ${writtenAddress(returned.address)}` : ''})`;
    case 'send':
      return `send(${fd(call.fd)}, ${data(call.data)}, ${call.flags})`;
    case 'recv': {
      const received = returned?.data === undefined ? 'buffer' : quoted(fromBase64(returned.data), ascii);
      return `recv(${fd(call.fd)}, ${received}, ${call.length}, ${call.flags})`;
    }
    case 'shutdown':
      return `shutdown(${fd(call.fd)}, ${call.how})`;
    case 'close':
      return `close(${fd(call.fd)})`;
    case 'setsockopt':
      return `setsockopt(${fd(call.fd)}, ${call.level}, ${call.option}, ${call.value})`;
    case 'getsockopt': {
      const value = returned?.option === undefined ? '' : `, ${returned.option}`;
      return `getsockopt(${fd(call.fd)}, ${call.level}, ${call.option}${value})`;
    }
  }
}

/** What the kernel wrote through a pointer is in braces. */
const writtenAddress = (address: Address): string => `{${endpointText(endpointOf(address))}}`;

function quoted(bytes: Uint8Array, ascii: boolean): string {
  const pieces = harmless(bytes, ascii);
  const shown = pieces.slice(0, payloadShown).map(piece => (piece.text === '"' ? '\\"' : piece.text));
  return `"${shown.join('')}"${pieces.length > payloadShown ? '...' : ''}`;
}

/** `= 19`, `= -1 ECONNREFUSED`, and nothing for a call that has not returned. */
export function resultText(result: Outcome | {readonly kind: 'waiting'} | {readonly kind: 'lost'}): string {
  switch (result.kind) {
    case 'returned':
      return `= ${result.value}`;
    case 'failed':
      return `= -1 ${result.errno}`;
    case 'waiting':
      return '';
    case 'lost':
      return '= ?';
  }
}

/** 9 us, 1.2 ms, 3.4 s. */
export function durationText(us: number): string {
  if (us < 1000) return `${Math.round(us)} us`;
  if (us < 1_000_000) return `${(us / 1000).toFixed(1)} ms`;
  return `${(us / 1_000_000).toFixed(1)} s`;
}
