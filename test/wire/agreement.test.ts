import {describe, expect, test} from 'vitest';
import {toBase64} from '../../src/model/payload.ts';
import {type Summary, tcpFlags} from '../../src/model/wire.ts';
import {checksumOf} from '../../src/wire/checksum.ts';
import {dissect} from '../../src/wire/dissect.ts';
import {type PcapngFrame, pcapng} from '../../src/wire/pcapng.ts';
import {sequenceBases} from '../../src/wire/relative.ts';
import {summaryOf} from '../../src/wire/summary.ts';
import {needs} from '../needs.ts';
import {built} from './built.ts';
import {type Captured, echo, echo6} from './captured.ts';
import {CaptureFile, whyNoTshark} from './tshark.ts';

// What Wireshark's dissectors find in our files, beside what ours find in the frames.

const withoutSums = ['ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum'].map(name => `${name}:FALSE`);
const withSums = ['ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum'].map(name => `${name}:TRUE`);

const packet = (bytes: Uint8Array, i: number): PcapngFrame => ({
  host: 'here',
  device: i % 2 === 0 ? 'lo' : 'eth0',
  direction: i % 2 === 0 ? 'in' : 'out',
  time: `${1_700_000_000_000_000_001n + BigInt(i)}`,
  length: bytes.length,
  data: toBase64(bytes),
  comment: `client connect(18, 127.0.0.1:8080) = ${i} こんにちは`,
});
const fileOf = (frames: readonly Uint8Array[]): Promise<CaptureFile> => CaptureFile.with(pcapng(frames.map(packet)));
const bytesOf = (frames: readonly Captured[]): Uint8Array[] => frames.map(({bytes}) => bytes);

const tcpFields = [
  ...(['ip.src', 'ip.dst', 'ip.ttl', 'ip.len', 'ip.id', 'ip.checksum', 'ipv6.src', 'ipv6.dst', 'ipv6.hlim'] as const),
  ...(['ipv6.plen', 'ipv6.flow', 'tcp.srcport', 'tcp.dstport', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.hdr_len'] as const),
  ...(['tcp.flags', 'tcp.window_size_value', 'tcp.checksum', 'tcp.urgent_pointer', 'tcp.len'] as const),
  ...(['tcp.options.mss_val', 'tcp.options.wscale.shift', 'tcp.option_kind', 'tcp.options.sack_le'] as const),
  ...(['tcp.options.sack_re', 'tcp.options.timestamp.tsval', 'tcp.options.timestamp.tsecr', 'tcp.payload'] as const),
] as const;

type Row = Record<(typeof tcpFields)[number], string>;

/** Our own reading of a frame with TCP, written as tshark writes it. */
function asTshark(bytes: Uint8Array): Row {
  const fields = new Map(dissect(bytes).parts.flatMap(part => part.fields.map(field => [field.name, field.value])));
  const summary = summaryOf(bytes);
  if (summary?.kind !== 'tcp') throw new TypeError('not TCP');
  const is4 = fields.has('ip-version');
  const text = (name: Parameters<typeof fields.get>[0]): string => String(fields.get(name) ?? '');
  const hex = (name: Parameters<typeof fields.get>[0], digits: number): string =>
    fields.has(name) ? `0x${Number(fields.get(name)).toString(16).padStart(digits, '0')}` : '';
  const {from, to, ttl, sack = [], timestamps = []} = summary;
  return {
    'ip.src': is4 ? from.host : '',
    'ip.dst': is4 ? to.host : '',
    'ip.ttl': is4 ? String(ttl) : '',
    'ip.len': text('ip-total-length'),
    'ip.id': hex('ip-identification', 4),
    'ip.checksum': hex('ip-checksum', 4),
    'ipv6.src': is4 ? '' : from.host,
    'ipv6.dst': is4 ? '' : to.host,
    'ipv6.hlim': is4 ? '' : String(ttl),
    'ipv6.plen': text('ip6-payload-length'),
    'ipv6.flow': hex('ip6-flow-label', 6),
    'tcp.srcport': String(from.port),
    'tcp.dstport': String(to.port),
    'tcp.seq_raw': String(summary.sequence),
    'tcp.ack_raw': String(summary.acknowledgment),
    'tcp.hdr_len': String(4 * Number(fields.get('tcp-data-offset'))),
    'tcp.flags': flagsNumber(summary),
    'tcp.window_size_value': String(summary.window),
    'tcp.checksum': hex('tcp-checksum', 4),
    'tcp.urgent_pointer': text('tcp-urgent'),
    'tcp.len': String(summary.length),
    'tcp.options.mss_val': String(summary.mss ?? ''),
    'tcp.options.wscale.shift': String(summary.windowScale ?? ''),
    'tcp.option_kind': kindsOf(bytes).join(','),
    'tcp.options.sack_le': sack.map(([from]) => from).join(','),
    'tcp.options.sack_re': sack.map(([, to]) => to).join(','),
    'tcp.options.timestamp.tsval': String(timestamps[0] ?? ''),
    'tcp.options.timestamp.tsecr': String(timestamps[1] ?? ''),
    'tcp.payload': text('data'),
  };
}

function flagsNumber({flags}: Extract<Summary, {kind: 'tcp'}>): string {
  const number = tcpFlags.reduce((bits, flag) => bits * 2 + (flags.includes(flag) ? 1 : 0), 0);
  return `0x${number.toString(16).padStart(4, '0')}`;
}

/** What fills the header up behind the end of the options is an end each for tshark. */
const kindsOf = (bytes: Uint8Array): number[] =>
  dissect(bytes).parts.flatMap(({fields}) =>
    fields
      .filter(({name}) => name.startsWith('tcp-option'))
      .flatMap(({name, offset, length}) => Array(name === 'tcp-option-end' ? length : 1).fill(bytes[offset] ?? 0)),
  );

describe('tshark', needs(whyNoTshark), () => {
  const segments = [...bytesOf([...echo, ...echo6]), built['all options of TCP'] ?? new Uint8Array()];

  test('finds the same in every segment, and warns of nothing', async () => {
    await using file = await fileOf(segments);
    const {rows, warnings} = await file.fields(tcpFields, [...withoutSums, 'tcp.relative_sequence_numbers:FALSE']);
    expect(warnings).toBe('');
    expect(rows).toEqual(segments.map(asTshark));
  });

  test('counts from the same numbers', async () => {
    await using file = await fileOf(segments);
    const {rows} = await file.fields(['tcp.seq', 'tcp.ack', 'tcp.flags.reset'], withoutSums);
    const summaries = segments.map(bytes => summaryOf(bytes));
    const relative = sequenceBases(summaries).map((base, i) => {
      const summary = summaries[i];
      if (summary?.kind !== 'tcp' || !base) throw new TypeError('not TCP');
      const acknowledgment = (summary.acknowledgment - base.acknowledgment) >>> 0;
      return [(summary.sequence - base.sequence) >>> 0, summary.flags.includes('ACK') ? acknowledgment : 0];
    });
    // Wireshark takes the number of an RST that answers a SYN for the second one, the last frame for the middle of something.
    const isAlike = rows.map((row, i) => i < segments.length - 1 && !(row['tcp.flags.reset'] === '1' && i % 26 === 12));
    expect(isAlike.filter(Boolean)).toHaveLength(43);
    const theirs = rows.map(row => [Number(row['tcp.seq']), Number(row['tcp.ack'])]);
    expect(relative.filter((_, i) => isAlike[i])).toEqual(theirs.filter((_, i) => isAlike[i]));
  });

  test('reads the devices, the times to the nanosecond, the directions and the comments', async () => {
    await using file = await fileOf(segments);
    const names = [
      'frame.interface_name',
      'frame.time_epoch',
      'frame.packet_flags_direction',
      'frame.comment',
      'frame.len',
    ] as const;
    const {rows, warnings} = await file.fields(names);
    expect(warnings).toBe('');
    expect(rows.map(row => row['frame.interface_name'])).toEqual(segments.map((_, i) => (i % 2 === 0 ? 'lo' : 'eth0')));
    expect(rows.map(row => row['frame.time_epoch'])).toEqual(
      segments.map((_, i) => `1700000000.${String(i + 1).padStart(9, '0')}`),
    );
    expect(rows.map(row => Number(row['frame.packet_flags_direction']))).toEqual(
      segments.map((_, i) => (i % 2 === 0 ? 1 : 2)),
    );
    expect(rows.map(row => row['frame.comment'])).toEqual(segments.map((bytes, i) => packet(bytes, i).comment));
    expect(rows.map(row => Number(row['frame.len']))).toEqual(segments.map(bytes => bytes.length));
  });

  test('capinfos knows the program, the unit of time and the number of frames', async () => {
    await using file = await fileOf(segments);
    const {stdout, warnings} = await file.capinfos();
    expect(warnings).toBe('');
    expect(stdout).toMatch(/Capture application: +sockwalk/);
    expect(stdout).toMatch(/Time precision = nanoseconds/);
    expect(stdout).toMatch(/Number of packets: +46/);
    expect(stdout).toMatch(/Encapsulation = Ethernet/);
  });

  test('finds the same in other protocols', async () => {
    const frames = Object.values(built);
    await using file = await fileOf(frames);
    const names = ['arp.opcode', 'udp.srcport', 'udp.length', 'icmp.type', 'icmpv6.type', 'ip.frag_offset'] as const;
    const {rows, warnings} = await file.fields(names, [...withoutSums, 'ip.defragment:FALSE', 'ipv6.defragment:FALSE']);
    expect(warnings).toBe('');
    // Of a packet in an error tshark has the fields as well, after the frame's own.
    const theirs = rows.map(row => names.map(name => row[name].split(',')[0] ?? ''));
    expect(theirs.filter((_, i) => isComparable(frames[i]))).toEqual(
      frames.filter(isComparable).map(bytes => otherFields(bytes)),
    );
  });

  test('agrees about the checksums', async () => {
    const frames = [...bytesOf(echo), ...Object.values(built).flatMap(bytes => [bytes, bytes.with(-1, 0x55)])];
    await using file = await fileOf(frames);
    const {rows} = await file.fields(['ip.checksum.status', 'tcp.checksum.status', 'udp.checksum.status'], withSums);
    let checked = 0;
    for (const [i, bytes] of frames.entries()) {
      const dissection = dissect(bytes);
      for (const part of dissection.parts) {
        const name = ({ipv4: 'ip', tcp: 'tcp', udp: 'udp'} as const)[part.protocol as 'ipv4'];
        const ours = checksumOf(bytes, dissection, part);
        const theirs = name && rows[i]?.[`${name}.checksum.status`].split(',')[0];
        if (ours !== 'right' && ours !== 'wrong' && ours !== 'unfinished') continue;
        if (theirs !== '0' && theirs !== '1') continue;
        // 1 is good, 0 is bad: tshark does not tell unfinished ones apart.
        expect(theirs, `${name} of frame ${i + 1}`).toBe(ours === 'right' ? '1' : '0');
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(70);
  });
});

/** tshark looks into what is not taken apart here, and not into the first fragment of a packet of IPv6. */
const notComparable = [
  'extension headers',
  'a VLAN tag',
  'GRE',
  'a redirect of an error',
  'port unreachable',
  'ICMPv6 port unreachable',
];
const isComparable = (bytes: Uint8Array | undefined): boolean => !notComparable.some(name => built[name] === bytes);

function otherFields(bytes: Uint8Array): string[] {
  const fields = dissect(bytes).parts.flatMap(part => part.fields.map(field => ({...field, protocol: part.protocol})));
  const text = (name: string, protocol?: string): string =>
    String(fields.find(field => field.name === name && (!protocol || field.protocol === protocol))?.value ?? '');
  return [
    text('arp-operation'),
    text('udp-source-port'),
    text('udp-length'),
    text('icmp-type', 'icmp'),
    text('icmp-type', 'icmpv6'),
    text('ip-fragment-offset'),
  ];
}
