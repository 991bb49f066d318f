import type {Layer} from './layers.ts';

/**
 * A frame as it was captured on `lo` of a Linux machine: a client's send() of 15 bytes to port 8080. The checksum of TCP
 * is not the final one: on `lo` the kernel leaves it to a device that is not there.
 */
export const recordedFrame = frameOf(`
  00 00 00 00 00 00 00 00 00 00 00 00 08 00 45 00
  00 43 11 f7 40 00 40 06 2a bc 7f 00 00 01 7f 00
  00 01 de 4a 1f 90 89 83 f8 a4 9b 1d cb cf 80 18
  00 40 fe 37 00 00 01 01 08 0a e2 58 fd 6a 98 e5
  4c b6 e3 81 93 e3 82 93 e3 81 ab e3 81 a1 e3 81
  af`);

export interface Frame {
  readonly bytes: Uint8Array;
  /** How many bytes each layer's part takes: the headers, outermost first, and the data. */
  readonly lengths: Readonly<Record<Layer, number>>;
  readonly ports: readonly [from: number, to: number];
  readonly addresses: readonly [from: string, to: string];
  readonly data: Uint8Array;
}

/** Takes an Ethernet frame with IPv4 and TCP apart (RFC 791 section 3.1, RFC 9293 section 3.1). */
function frameOf(hex: string): Frame {
  const bytes = new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
  const at = (offset: number): number => bytes[offset] ?? 0;
  const link = 14;
  const internet = (at(link) & 0x0f) * 4;
  const tcp = link + internet;
  const transport = (at(tcp + 12) >> 4) * 4;
  const data = bytes.subarray(tcp + transport);
  const port = (offset: number): number => at(offset) * 256 + at(offset + 1);
  const address = (offset: number): string => bytes.subarray(offset, offset + 4).join('.');
  return {
    bytes,
    lengths: {link, internet, transport, application: data.length},
    ports: [port(tcp), port(tcp + 2)],
    addresses: [address(link + 12), address(link + 16)],
    data,
  };
}
