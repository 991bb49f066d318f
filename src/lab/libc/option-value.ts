import {endianness} from 'node:os';
import type {Linger, OptionName, Timeout} from '../../model/call.ts';
import type {Returned} from '../../model/outcome.ts';

const isLittle = endianness() === 'LE';
const [msOfSecond, usOfMs] = [1000, 1000];

/** Room for the largest value that is asked for: `struct timeval` of a 64-bit machine has two numbers of 8 bytes. */
export const optionRoom = 16;

/** What setsockopt() is given: an int, `struct linger` (two of them) or `struct timeval`. */
export function optionBytes(value: number | Linger | Timeout): Uint8Array | Int32Array {
  if (typeof value === 'number') return new Int32Array([value]);
  return 'onoff' in value ? new Int32Array([value.onoff, value.seconds]) : timeBytes(value);
}

function timeBytes({milliseconds}: Timeout): Uint8Array {
  const us = BigInt(Math.round(milliseconds * usOfMs));
  const bytes = new DataView(new ArrayBuffer(optionRoom));
  bytes.setBigInt64(0, us / 1_000_000n, isLittle);
  bytes.setBigInt64(8, us % 1_000_000n, isLittle);
  return new Uint8Array(bytes.buffer);
}

type OptionRead = Pick<Returned, 'option' | 'linger' | 'timeout' | 'credentials'>;

/** What getsockopt() wrote of an option. */
export function readOption(option: OptionName, room: Uint8Array): OptionRead {
  const bytes = new DataView(room.buffer, room.byteOffset, room.length);
  const int = (n: number) => bytes.getInt32(4 * n, isLittle);
  // An id is unsigned; (uid_t) -1 is none, which a socket without a peer has.
  const id = (n: number) => (int(n) === -1 ? -1 : int(n) >>> 0);
  switch (option) {
    case 'SO_PEERCRED':
      return {credentials: {pid: int(0), uid: id(1), gid: id(2)}};
    case 'SO_LINGER':
      return {linger: {onoff: int(0) === 0 ? 0 : 1, seconds: int(1)}};
    case 'SO_RCVTIMEO':
    case 'SO_SNDTIMEO': {
      const [seconds, us] = [bytes.getBigInt64(0, isLittle), bytes.getBigInt64(8, isLittle)];
      return {timeout: {milliseconds: Number(seconds) * msOfSecond + Number(us) / usOfMs}};
    }
    default:
      return {option: int(0)};
  }
}
