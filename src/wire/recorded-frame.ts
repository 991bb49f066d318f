/**
 * A frame as it was captured on `lo` of a Linux machine: a client's send() of 15 bytes to port 8080. The checksum of TCP
 * is not the final one: on `lo` the kernel leaves it to a device that is not there.
 */
export const recordedFrame = bytesOf(`
  00 00 00 00 00 00 00 00 00 00 00 00 08 00 45 00
  00 43 11 f7 40 00 40 06 2a bc 7f 00 00 01 7f 00
  00 01 de 4a 1f 90 89 83 f8 a4 9b 1d cb cf 80 18
  00 40 fe 37 00 00 01 01 08 0a e2 58 fd 6a 98 e5
  4c b6 e3 81 93 e3 82 93 e3 81 ab e3 81 a1 e3 81
  af`);

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}
