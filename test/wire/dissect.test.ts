import {describe, expect, test} from 'vitest';
import type {Dissection, Field, Protocol} from '../../src/model/wire.ts';
import {dissect} from '../../src/wire/dissect.ts';
import {recordedFrame} from '../../src/wire/recorded-frame.ts';
import {built, ethernet, fragmentHeader, hopByHop, ipv4, ipv6, tcp, text, udp4, udp6} from './built.ts';
import {echo, echo6, frameOf} from './captured.ts';

/** `name@offset+length` or, of bits, `name@offset+length:first+count`, and the value. */
const written = ({name, offset, length, bits, value}: Field): string =>
  `${name}@${offset}+${length}${bits ? `:${bits.first}+${bits.count}` : ''} ${value}`;
const fieldsOf = ({parts}: Dissection, protocol: Protocol): string[] =>
  parts.filter(part => part.protocol === protocol).flatMap(({fields}) => fields.map(written));
const shapeOf = ({parts}: Dissection): string[] =>
  parts.map(({protocol, layer, offset, length}) => `${protocol} ${layer} ${offset}+${length}`);
const frame = (name: string): Uint8Array => built[name] ?? new Uint8Array();

describe('every field of a real frame', () => {
  const data = dissect(frameOf(echo, 4));

  test('the recorded frame is the fourth of the capture', () => {
    expect(recordedFrame).toEqual(frameOf(echo, 4));
  });

  test('its headers stand one in the other', () => {
    expect(shapeOf(data)).toEqual([
      'ethernet link 0+14',
      'ipv4 internet 14+20',
      'tcp transport 34+32',
      'data application 66+15',
    ]);
    expect(data).toMatchObject({reached: 81, problem: null});
  });

  test('Ethernet', () => {
    expect(fieldsOf(data, 'ethernet')).toEqual([
      'eth-destination@0+6 00:00:00:00:00:00',
      'eth-source@6+6 00:00:00:00:00:00',
      `eth-type@12+2 ${0x0800}`,
    ]);
  });

  test('IPv4', () => {
    expect(fieldsOf(data, 'ipv4')).toEqual([
      'ip-version@14+1:0+4 4',
      'ip-header-length@14+1:4+4 5',
      'ip-dscp@15+1:0+6 0',
      'ip-ecn@15+1:6+2 0',
      'ip-total-length@16+2 67',
      `ip-identification@18+2 ${0x11f7}`,
      'ip-flags@20+1:0+3 DF',
      'ip-fragment-offset@20+2:3+13 0',
      'ip-ttl@22+1 64',
      'ip-protocol@23+1 6',
      `ip-checksum@24+2 ${0x2abc}`,
      'ip-source@26+4 127.0.0.1',
      'ip-destination@30+4 127.0.0.1',
    ]);
  });

  test('TCP, with its options', () => {
    expect(fieldsOf(data, 'tcp')).toEqual([
      'tcp-source-port@34+2 56906',
      'tcp-destination-port@36+2 8080',
      `tcp-sequence@38+4 ${0x8983f8a4}`,
      `tcp-acknowledgment@42+4 ${0x9b1dcbcf}`,
      'tcp-data-offset@46+1:0+4 8',
      'tcp-reserved@46+1:4+4 0',
      'tcp-flags@47+1:0+8 ACK,PSH',
      'tcp-window@48+2 64',
      `tcp-checksum@50+2 ${0xfe37}`,
      'tcp-urgent@52+2 0',
      'tcp-option-nop@54+1 1',
      'tcp-option-nop@55+1 1',
      `tcp-option-timestamps@56+10 ${0xe258fd6a},${0x98e54cb6}`,
    ]);
  });

  test('the data, as it was sent', () => {
    expect(fieldsOf(data, 'data')).toEqual([`data@66+15 ${Buffer.from('こんにちは').toString('hex')}`]);
  });

  test('the options of a SYN', () => {
    expect(fieldsOf(dissect(frameOf(echo, 1)), 'tcp').slice(10)).toEqual([
      'tcp-option-mss@54+4 65495',
      'tcp-option-sack-permitted@58+2 4',
      'tcp-option-timestamps@60+10 3797482758,0',
      'tcp-option-nop@70+1 1',
      'tcp-option-window-scale@71+3 10',
    ]);
  });

  test('IPv6', () => {
    const syn = dissect(frameOf(echo6, 1));
    expect(shapeOf(syn)).toEqual(['ethernet link 0+14', 'ipv6 internet 14+40', 'tcp transport 54+40']);
    expect(fieldsOf(syn, 'ipv6')).toEqual([
      'ip6-version@14+1:0+4 6',
      'ip6-traffic-class@14+2:4+8 0',
      `ip6-flow-label@15+3:4+20 ${((frameOf(echo6, 1)[15] ?? 0) & 15) * 65536 + Buffer.from(frameOf(echo6, 1)).readUInt16BE(16)}`,
      'ip6-payload-length@18+2 40',
      'ip6-next-header@20+1 6',
      'ip6-hop-limit@21+1 64',
      'ip6-source@22+16 ::1',
      'ip6-destination@38+16 ::1',
    ]);
  });

  test('all frames of the captures are read to their end', () => {
    const read = [...echo, ...echo6].map(({bytes}) => ({...dissect(bytes), length: bytes.length}));
    expect(read).toHaveLength(45);
    for (const {reached, problem, length} of read) expect({reached, problem}).toEqual({reached: length, problem: null});
  });
});

describe('other protocols', () => {
  test('ARP', () => {
    const request = dissect(frame('ARP request'));
    expect(shapeOf(request)).toEqual(['ethernet link 0+14', 'arp link 14+28']);
    expect(fieldsOf(request, 'arp')).toEqual([
      'arp-hardware-type@14+2 1',
      `arp-protocol-type@16+2 ${0x0800}`,
      'arp-hardware-length@18+1 6',
      'arp-protocol-length@19+1 4',
      'arp-operation@20+2 1',
      'arp-sender-mac@22+6 02:00:00:00:00:01',
      'arp-sender-ip@28+4 10.0.0.1',
      'arp-target-mac@32+6 00:00:00:00:00:00',
      'arp-target-ip@38+4 10.0.0.2',
    ]);
  });

  test.each<[string, string[]]>([
    ['ARP reply', ['arp link 14+28', 'other link 42+18']],
    ['ARP of other hardware', ['arp link 14+8', 'other link 22+20']],
    ['UDP over IPv4', ['ipv4 internet 14+20', 'udp transport 34+8', 'data application 42+5']],
    ['UDP over IPv6', ['ipv6 internet 14+40', 'udp transport 54+8', 'data application 62+5']],
    ['a padded frame', ['ipv4 internet 14+20', 'udp transport 34+8', 'other link 42+18']],
    ['IP options', ['ipv4 internet 14+28', 'udp transport 42+8', 'data application 50+2']],
    ['a first fragment', ['ipv4 internet 14+20', 'udp transport 34+8', 'data application 42+8']],
    ['a later fragment', ['ipv4 internet 14+20', 'other transport 34+8']],
    ['an echo request', ['ipv4 internet 14+20', 'icmp internet 34+8', 'data application 42+4']],
    ['port unreachable', ['ipv4 internet 14+20', 'icmp internet 34+36']],
    ['ICMPv6 echo reply', ['ipv6 internet 14+40', 'icmpv6 internet 54+8', 'data application 62+4']],
    ['ICMPv6 port unreachable', ['ipv6 internet 14+40', 'icmpv6 internet 54+61']],
    ['neighbor solicitation', ['ipv6 internet 14+40', 'icmpv6 internet 54+8', 'other internet 62+24']],
    ['extension headers', ['ipv6 internet 14+64', 'udp transport 78+8', 'data application 86+5']],
    ['a routing header', ['ipv6 internet 14+48', 'udp transport 62+8', 'data application 70+5']],
    ['a later IPv6 fragment', ['ipv6 internet 14+48', 'other transport 62+5']],
    ['GRE', ['ipv4 internet 14+20', 'other transport 34+4']],
    ['a VLAN tag', ['other link 14+37']],
  ])('%s', (name, shape) => {
    const read = dissect(frame(name));
    expect(shapeOf(read)).toEqual(['ethernet link 0+14', ...shape]);
    expect(read).toMatchObject({reached: frame(name).length, problem: null});
  });

  test('IP options are one field', () => {
    expect(fieldsOf(dissect(frame('IP options')), 'ipv4').at(-1)).toBe('ip-options@34+8 0707040000000000');
  });

  test('extension headers are fields of IPv6, each with what comes next', () => {
    expect(fieldsOf(dissect(frame('extension headers')), 'ipv6').slice(8)).toEqual([
      'ip6-extension@54+8 0,60',
      'ip6-extension@62+8 60,44',
      `ip6-extension@70+8 44,17,0,1,${0xcafe}`,
    ]);
  });

  test('an echo has an identifier and a number', () => {
    expect(fieldsOf(dissect(frame('an echo request')), 'icmp').at(-1)).toBe('icmp-rest@38+4 7,1');
  });

  test('all options of TCP, and what follows their end is padding', () => {
    expect(fieldsOf(dissect(frame('all options of TCP')), 'tcp').slice(10)).toEqual([
      'tcp-option-mss@54+4 1460',
      'tcp-option-nop@58+1 1',
      'tcp-option-window-scale@59+3 7',
      'tcp-option-sack-permitted@62+2 4',
      'tcp-option-sack@64+10 1,5',
      'tcp-option-timestamps@74+10 2,3',
      `tcp-option-other@84+4 253,${0xab},${0xcd}`,
      'tcp-option-end@88+2 0',
    ]);
  });
});

describe('what is wrong with a frame is said, with the byte', () => {
  const inIpv4 = (inside: readonly number[]) => ethernet(0x0800, ipv4({protocol: 6, inside}));

  test.each([
    {wrong: 'no bytes at all', bytes: new Uint8Array(), problem: {kind: 'cut-short', at: 0}, reached: 0},
    {
      wrong: 'IPv4 says that it is IPv6',
      bytes: frameOf(echo, 1).with(14, 0x65),
      problem: {kind: 'bad-version', at: 14},
      reached: 15,
    },
    {
      wrong: 'IPv6 says that it is IPv4',
      bytes: frameOf(echo6, 1).with(14, 0x40),
      problem: {kind: 'bad-version', at: 14},
      reached: 15,
    },
    {
      wrong: 'an IP header of four words',
      bytes: frameOf(echo, 1).with(14, 0x44),
      problem: {kind: 'bad-length', at: 14},
      reached: 34,
    },
    {
      wrong: 'a packet longer than its frame',
      bytes: frameOf(echo, 1).with(16, 1),
      problem: {kind: 'bad-length', at: 16},
      reached: 34,
    },
    {
      wrong: 'a packet shorter than its header',
      bytes: frameOf(echo, 1).with(17, 19),
      problem: {kind: 'bad-length', at: 16},
      reached: 34,
    },
    {
      wrong: 'a packet that ends in the header of TCP',
      bytes: ethernet(0x0800, ipv4({protocol: 6, inside: tcp([]).slice(0, 10)})),
      problem: {kind: 'cut-short', at: 44},
      reached: 42,
    },
    {
      wrong: 'a TCP header of four words',
      bytes: inIpv4(tcp([], 4)),
      problem: {kind: 'bad-length', at: 46},
      reached: 54,
    },
    {
      wrong: 'a TCP header longer than its segment',
      bytes: inIpv4(tcp([], 6)),
      problem: {kind: 'bad-length', at: 46},
      reached: 54,
    },
    {
      wrong: 'an option of length 0, which would never end',
      bytes: inIpv4(tcp([1, 8, 0, 0])),
      problem: {kind: 'bad-option', at: 55},
      reached: 55,
    },
    {
      wrong: 'an option of length 1',
      bytes: inIpv4(tcp([1, 8, 1, 0])),
      problem: {kind: 'bad-option', at: 55},
      reached: 55,
    },
    {
      wrong: 'an option that runs over the end of the header',
      bytes: inIpv4([...tcp([1, 1, 2, 4]), 5, 0xb4]),
      problem: {kind: 'bad-option', at: 56},
      reached: 56,
    },
    {
      wrong: 'an option without a length',
      bytes: inIpv4(tcp([1, 1, 1, 2])),
      problem: {kind: 'bad-option', at: 57},
      reached: 57,
    },
    {
      wrong: 'an IP option of length 0',
      bytes: ethernet(0x0800, ipv4({protocol: 17, inside: udp4([]), options: [1, 7, 0, 0]})),
      problem: {kind: 'bad-option', at: 35},
      reached: 35,
    },
    {
      wrong: 'a datagram shorter than its header',
      bytes: ethernet(0x0800, ipv4({protocol: 17, inside: udp4([]).with(5, 7)})),
      problem: {kind: 'bad-length', at: 38},
      reached: 42,
    },
    {
      wrong: 'a datagram longer than its packet',
      bytes: ethernet(0x0800, ipv4({protocol: 17, inside: udp4([]).with(5, 9)})),
      problem: {kind: 'bad-length', at: 38},
      reached: 42,
    },
    {
      wrong: 'a MAC address of seven bytes',
      bytes: frame('ARP request').with(18, 7),
      problem: {kind: 'bad-length', at: 18},
      reached: 22,
    },
    {
      wrong: 'an IPv4 address of three bytes',
      bytes: frame('ARP request').with(19, 3),
      problem: {kind: 'bad-length', at: 19},
      reached: 22,
    },
    {
      wrong: 'an extension header that is longer than the packet',
      bytes: ethernet(0x86dd, ipv6(0, hopByHop(17).with(1, 9))),
      problem: {kind: 'cut-short', at: 62},
      reached: 54,
    },
  ])('$wrong', ({bytes, problem, reached}) => {
    expect(dissect(bytes)).toMatchObject({problem, reached});
  });

  test('an option of a known kind with a length that it never has is one of the others', () => {
    const odd = dissect(inIpv4(tcp([2, 3, 9, 1])));
    expect(fieldsOf(odd, 'tcp').at(10)).toBe('tcp-option-other@54+3 2,9');
    expect(odd.problem).toBeNull();
  });

  test('a datagram that is shorter than its packet leaves bytes that belong to nobody', () => {
    const bytes = ethernet(0x0800, ipv4({protocol: 17, inside: [...udp4(text('hi')), ...text('rest')]}));
    expect(shapeOf(dissect(bytes)).slice(-2)).toEqual(['data application 42+2', 'other link 44+4']);
  });

  test('a chain of extension headers is not followed for ever', () => {
    const chain = Array.from({length: 100}, () => hopByHop(60)).flat();
    const read = dissect(ethernet(0x86dd, ipv6(60, [...chain, ...udp6([])])));
    expect(fieldsOf(read, 'ipv6').filter(field => field.startsWith('ip6-extension'))).toHaveLength(16);
    expect(read.parts.at(-1)?.protocol).toBe('other');
  });

  test('behind the header of a later fragment there is no header', () => {
    const bytes = ethernet(0x86dd, ipv6(44, [...fragmentHeader(60, 1, 0), ...hopByHop(17)]));
    expect(fieldsOf(dissect(bytes), 'ipv6').slice(8)).toEqual([`ip6-extension@54+8 44,60,1,0,${0xcafe}`]);
  });
});

describe('a frame of which only the beginning was captured', () => {
  const whole = frameOf(echo, 4);

  test.each([
    {captured: 5, reached: 0},
    {captured: 20, reached: 20},
    {captured: 40, reached: 38},
    {captured: 60, reached: 56},
    {captured: 70, reached: 70},
  ])('the first $captured bytes are read as far as they go', ({captured, reached}) => {
    const read = dissect(whole.subarray(0, captured), whole.length);
    expect(read).toMatchObject({reached, problem: {kind: 'not-captured', at: captured}});
  });

  test('a header that would not fit in the whole frame either is cut short', () => {
    expect(dissect(whole.subarray(0, 5), 10).problem).toEqual({kind: 'cut-short', at: 5});
  });

  test.each([0, -1, 80, Number.NaN, Number.POSITIVE_INFINITY])('a length of %s is not believed', length => {
    expect(dissect(whole, length)).toEqual(dissect(whole));
  });
});
