import {describe, expect, test} from 'vitest';
import {summaryOf} from '../../src/wire/summary.ts';
import {built, ethernet, ipv4, tcp} from './built.ts';
import {echo, echo6, frameOf} from './captured.ts';

const frame = (name: string): Uint8Array => built[name] ?? new Uint8Array();
const ends = {from: {host: '10.0.0.1', port: 40000}, to: {host: '10.0.0.2', port: 1900}};

describe('the summary of a frame', () => {
  test('of a SYN', () => {
    expect(summaryOf(frameOf(echo, 1))).toEqual({
      kind: 'tcp',
      from: {host: '127.0.0.1', port: 56906},
      to: {host: '127.0.0.1', port: 8080},
      flags: ['SYN'],
      sequence: 2307127459,
      acknowledgment: 0,
      window: 65495,
      length: 0,
      ttl: 64,
      checksum: 'unfinished',
      mss: 65495,
      windowScale: 10,
      sackPermitted: true,
      timestamps: [3797482758, 0],
    });
  });

  test('of data over IPv6', () => {
    expect(summaryOf(frameOf(echo6, 4))).toMatchObject({
      kind: 'tcp',
      from: {host: '::1', port: 45874},
      flags: ['ACK', 'PSH'],
      length: 15,
      ttl: 64,
    });
  });

  test('of a RST without options', () => {
    const reset = summaryOf(frameOf(echo, 26));
    expect(reset).toMatchObject({kind: 'tcp', flags: ['RST'], checksum: 'right'});
    expect(reset).not.toHaveProperty('timestamps');
  });

  test('SACK blocks are from and up to', () => {
    expect(summaryOf(frame('all options of TCP'))).toMatchObject({sack: [[1, 5]], timestamps: [2, 3], windowScale: 7});
  });

  test('of UDP', () => {
    expect(summaryOf(frame('UDP over IPv4'))).toEqual({kind: 'udp', ...ends, length: 5, ttl: 63, checksum: 'right'});
  });

  test('of ARP', () => {
    expect(summaryOf(frame('ARP reply'))).toEqual({
      kind: 'arp',
      operation: 2,
      sender: {mac: '02:00:00:00:00:01', ip: '10.0.0.1'},
      target: {mac: '00:00:00:00:00:00', ip: '10.0.0.2'},
    });
  });

  test('of an ICMP error, with the packet that it is about', () => {
    expect(summaryOf(frame('port unreachable'))).toEqual({
      kind: 'icmp',
      from: '10.0.0.1',
      to: '10.0.0.2',
      type: 3,
      code: 3,
      version: 4,
      about: {kind: 'udp', ...ends, length: 5, ttl: 63, checksum: 'unknown'},
    });
    expect(summaryOf(frame('ICMPv6 port unreachable'))).toMatchObject({
      version: 6,
      about: {kind: 'udp', from: {host: '2001:db8::1', port: 40000}, checksum: 'right'},
    });
  });

  test('an error that is about an error tells of that one, and goes no deeper', () => {
    expect(summaryOf(frame('a redirect of an error'))).toMatchObject({type: 5, about: {kind: 'icmp', type: 3}});
    expect(summaryOf(frame('a redirect of an error'))).not.toHaveProperty('about.about');
  });

  test.each([
    ['a later fragment', 'ipv4'],
    ['a later IPv6 fragment', 'ipv6'],
    ['GRE', 'ipv4'],
    ['a VLAN tag', 'ethernet'],
    ['ARP of other hardware', 'arp'],
  ])('%s is of another kind, the innermost header being %s', (name, protocol) => {
    expect(summaryOf(frame(name))).toEqual({kind: 'other', protocol});
  });

  test('without even one header there is none', () => {
    expect(summaryOf(frameOf(echo, 1).subarray(0, 13))).toBeNull();
    expect(summaryOf(frameOf(echo, 1).subarray(0, 14))).toEqual({kind: 'other', protocol: 'ethernet'});
  });

  test('a header that was not captured whole is named only', () => {
    const whole = frameOf(echo, 4);
    expect(summaryOf(whole.subarray(0, 53), whole.length)).toEqual({kind: 'other', protocol: 'tcp'});
  });

  test('the length is that of the data on the wire, also where it was not captured', () => {
    const whole = frameOf(echo, 4);
    expect(summaryOf(whole.subarray(0, 66), whole.length)).toMatchObject({kind: 'tcp', length: 15});
  });

  test('padding is no data', () => {
    const bytes = ethernet(0x0800, [...ipv4({protocol: 6, inside: tcp([])}), 0, 0, 0, 0, 0, 0]);
    expect(summaryOf(bytes)).toMatchObject({kind: 'tcp', length: 0});
  });
});
