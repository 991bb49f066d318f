import {fromBase64} from '../model/payload.ts';
import type {Frame} from '../model/wire.ts';
import {commentOption, numberOption, type Option, optionsBytes, textOption} from './pcapng-options.ts';

/** A frame with what is to be said of it, such as the call that it belongs to. */
export type PcapngFrame = Frame & {readonly comment?: string};

/** A capture file that grows: `header` comes first, then what `packet` returns for each frame, in order. */
export interface PcapngWriter {
  readonly header: Uint8Array;
  /** The frame as a block; before it, when this is the first from its device, the block that describes the device. */
  packet(frame: PcapngFrame): Uint8Array;
}

/** Frames as one capture file, draft-ietf-opsawg-pcapng. */
export function pcapng(frames: Iterable<PcapngFrame>): Uint8Array {
  const writer = pcapngWriter();
  const blocks = [writer.header];
  for (const frame of frames) blocks.push(writer.packet(frame));
  return Buffer.concat(blocks);
}

export function pcapngWriter(): PcapngWriter {
  const interfaces = new Map<string, number>();
  return {
    header: sectionHeader(),
    packet(frame) {
      const name = interfaceName(frame);
      const known = interfaces.get(name);
      const id = known ?? interfaces.size;
      interfaces.set(name, id);
      const packet = enhancedPacket(frame, id);
      return known === undefined ? Buffer.concat([interfaceDescription(name), packet]) : packet;
    },
  };
}

/** `lo`; with the host's name where there is more than one: `router:lan`. */
const interfaceName = ({host, device}: Frame): string => (host === 'here' ? device : `${host}:${device}`);

/** Section 4.1. The byte order is what the magic number has, here that of most machines, whatever this one's is. */
function sectionHeader(): Uint8Array {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  body.writeUInt16LE(0, 6);
  // The length of the section is not known yet.
  body.writeBigInt64LE(-1n, 8);
  return block(0x0a0d0d0a, body, [textOption(4, 'sockwalk')]);
}

const ethernet = 1;
const nanoseconds = 9;

/** Section 4.2: Ethernet, no limit on what is kept of a frame, the name (if_name), and the unit of time (if_tsresol). */
function interfaceDescription(name: string): Uint8Array {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(ethernet, 0);
  return block(1, body, [textOption(2, name), {code: 9, value: Uint8Array.of(nanoseconds)}]);
}

/** Section 4.3, with epb_flags: which way it went. */
function enhancedPacket(frame: PcapngFrame, interfaceId: number): Uint8Array {
  const data = fromBase64(frame.data);
  const time = BigInt(frame.time);
  const body = Buffer.alloc(20 + padded(data.length));
  body.writeUInt32LE(interfaceId, 0);
  body.writeUInt32LE(Number((time >> 32n) & 0xffffffffn), 4);
  body.writeUInt32LE(Number(time & 0xffffffffn), 8);
  body.writeUInt32LE(data.length, 12);
  body.writeUInt32LE(Math.max(frame.length, data.length), 16);
  body.set(data, 20);
  const direction = numberOption(2, frame.direction === 'in' ? 1 : 2);
  const comments = frame.comment === undefined ? [] : [commentOption(frame.comment)];
  return block(6, body, [...comments, direction]);
}

/** Section 3.1: a type, the length of all, the body, its options, and the length again. */
function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array {
  const rest = optionsBytes(options);
  const length = 12 + body.length + rest.length;
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(length, 4);
  bytes.set(body, 8);
  bytes.set(rest, 8 + body.length);
  bytes.writeUInt32LE(length, length - 4);
  return bytes;
}

/** All of a block is in words of four bytes. */
const padded = (length: number): number => Math.ceil(length / 4) * 4;
