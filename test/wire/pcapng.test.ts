import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {bytesOfText, toBase64} from '../../src/model/payload.ts';
import {type PcapngFrame, pcapng, pcapngWriter} from '../../src/wire/pcapng.ts';

const frame: PcapngFrame = {
  host: 'here',
  device: 'lo',
  direction: 'in',
  time: '1700000000123456789',
  length: 60,
  data: toBase64(Uint8Array.of(1, 2, 3, 4, 5)),
  comment: 'client connect(18, 127.0.0.1:8080) = 0',
};

interface Block {
  readonly type: number;
  readonly body: Buffer;
}

/** The blocks of a file, as a reader goes from one to the next: each says its length at both ends. */
function blocksOf(file: Uint8Array): Block[] {
  const bytes = Buffer.from(file);
  const blocks: Block[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    expect(length % 4).toBe(0);
    expect(bytes.readUInt32LE(at + length - 4)).toBe(length);
    blocks.push({type: bytes.readUInt32LE(at), body: bytes.subarray(at + 8, at + length - 4)});
    at += length;
  }
  return blocks;
}

function optionsOf(body: Buffer, start: number): Map<number, Buffer> {
  const options = new Map<number, Buffer>();
  for (let at = start; body.readUInt16LE(at) !== 0; ) {
    const length = body.readUInt16LE(at + 2);
    options.set(body.readUInt16LE(at), body.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return options;
}

describe('a capture file', () => {
  test('begins with a section that names the program, then has each device before its first frame', () => {
    const [section, device, packet, ...rest] = blocksOf(pcapng([frame]));
    expect(section).toMatchObject({type: 0x0a0d0d0a});
    expect(section && optionsOf(section.body, 16).get(4)?.toString()).toBe('sockwalk');
    expect(device).toMatchObject({type: 1});
    expect(device?.body.readUInt16LE(0)).toBe(1);
    expect(device && optionsOf(device.body, 8).get(2)?.toString()).toBe('lo');
    expect(device && [...(optionsOf(device.body, 8).get(9) ?? [])]).toEqual([9]);
    expect(packet).toMatchObject({type: 6});
    expect(rest).toEqual([]);
  });

  test('keeps the time in nanoseconds, both lengths, the bytes, the comment and the direction', () => {
    const body = blocksOf(pcapng([frame]))[2]?.body ?? Buffer.alloc(0);
    const time = (BigInt(body.readUInt32LE(4)) << 32n) + BigInt(body.readUInt32LE(8));
    expect(time).toBe(1700000000123456789n);
    expect([body.readUInt32LE(12), body.readUInt32LE(16)]).toEqual([5, 60]);
    expect([...body.subarray(20, 28)]).toEqual([1, 2, 3, 4, 5, 0, 0, 0]);
    const options = optionsOf(body, 28);
    expect(options.get(1)?.toString()).toBe('client connect(18, 127.0.0.1:8080) = 0');
    expect(options.get(2)?.readUInt32LE()).toBe(1);
  });

  test('has one device for each host and name, in the order in which they are seen', () => {
    const devices = [
      {host: 'home', device: 'eth0'},
      {host: 'router', device: 'eth0'},
      {host: 'home', device: 'eth0'},
      {host: 'here', device: 'lo'},
    ] as const;
    const blocks = blocksOf(pcapng(devices.map(of => ({...frame, ...of}))));
    expect(blocks.map(({type}) => type)).toEqual([0x0a0d0d0a, 1, 6, 1, 6, 6, 1, 6]);
    expect(blocks.filter(({type}) => type === 6).map(({body}) => body.readUInt32LE(0))).toEqual([0, 1, 0, 2]);
    const names = blocks.filter(({type}) => type === 1).map(({body}) => optionsOf(body, 8).get(2)?.toString());
    expect(names).toEqual(['home:eth0', 'router:eth0', 'lo']);
  });

  test('is the same written bit by bit', () => {
    const frames = [frame, {...frame, device: 'eth0'}, frame];
    const writer = pcapngWriter();
    const parts = [writer.header, ...frames.map(one => writer.packet(one))];
    expect(Buffer.concat(parts)).toEqual(pcapng(frames));
  });

  test('a comment that is too long is cut between two characters', () => {
    const body = blocksOf(pcapng([{...frame, comment: `x${'あ'.repeat(30_000)}`}]))[2]?.body ?? Buffer.alloc(0);
    const comment = optionsOf(body, 28).get(1)?.toString() ?? '';
    expect(comment).toBe(`x${'あ'.repeat(21_844)}`);
  });

  test('is well formed whatever the frames and comments are', () => {
    const anyFrame = fc.record({
      device: fc.string(),
      direction: fc.constantFrom('in' as const, 'out' as const),
      time: fc.bigInt({min: 0n, max: 2n ** 64n - 1n}).map(String),
      length: fc.nat(70_000),
      data: fc.uint8Array({maxLength: 99}).map(toBase64),
      comment: fc.string({unit: 'binary', maxLength: 99}),
    });
    fc.assert(
      fc.property(fc.array(anyFrame, {maxLength: 9}), frames => {
        const blocks = blocksOf(pcapng(frames.map(one => ({...one, host: 'here' as const}))));
        const packets = blocks.filter(({type}) => type === 6);
        expect(packets).toHaveLength(frames.length);
        for (const [i, {body}] of packets.entries()) {
          const length = body.readUInt32LE(12);
          expect(body.subarray(20, 20 + length).toString('base64')).toBe(frames[i]?.data);
          const comment = optionsOf(body, 20 + Math.ceil(length / 4) * 4).get(1);
          expect(comment).toEqual(Buffer.from(bytesOfText(frames[i]?.comment ?? '')));
        }
      }),
    );
  });
});
