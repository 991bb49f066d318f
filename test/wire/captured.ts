import {readFileSync} from 'node:fs';

/** A frame of a capture file: microseconds since 1970, and its bytes. */
export interface Captured {
  readonly time: bigint;
  readonly bytes: Uint8Array;
}

/** Echo conversations on `lo`, with a refused connection and resets, over IPv4 and IPv6. */
export const echo = captured('echo.pcap');
export const echo6 = captured('echo6.pcap');

/** Classic pcap, little-endian, as tcpdump wrote it (man 5 pcap-savefile). */
function captured(name: string): readonly Captured[] {
  const file = readFileSync(new URL(`data/${name}`, import.meta.url));
  const frames: Captured[] = [];
  for (let at = 24; at < file.length; ) {
    const length = file.readUInt32LE(at + 8);
    const time = BigInt(file.readUInt32LE(at)) * 1_000_000n + BigInt(file.readUInt32LE(at + 4));
    frames.push({time, bytes: new Uint8Array(file.subarray(at + 16, at + 16 + length))});
    at += 16 + length;
  }
  return frames;
}

/** The nth frame, counted from 1 as capture programs do. */
export function frameOf(frames: readonly Captured[], n: number): Uint8Array {
  const frame = frames[n - 1];
  if (!frame) throw new RangeError(`there is no frame ${n}`);
  return frame.bytes;
}
