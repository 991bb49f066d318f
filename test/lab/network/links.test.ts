import {describe, expect, test} from 'vitest';
import {needs} from '../../needs.ts';
import {whyNoIpv6} from '../calls.ts';
import {inside, whyNotInside, whyWithout} from '../inside.ts';

const whyWithoutIp = whyWithout('ip', '-V');

describe('devices of a network namespace', needs(whyNotInside), () => {
  test('are the two ends of a cable, each in its own', async () => {
    const lan = {name: 'lan', index: expect.any(Number), mac: '02:00:00:00:00:01', isUp: true};
    expect(await inside('program-with-links.ts', ['read'])).toEqual({
      home: [
        {name: 'lo', index: 1, mac: '00:00:00:00:00:00', isUp: true},
        {name: 'eth0', index: expect.any(Number), mac: '02:00:00:00:00:0a', isUp: true},
      ],
      router: [{name: 'lo', index: 1, mac: '00:00:00:00:00:00', isUp: false}, lan],
      found: {kind: 'found', link: lan},
    });
  });

  describe('have what ip shows', needs(whyWithoutIp), () => {
    test('of IPv4', async () => {
      const {addresses, routes} = await inside('program-with-links.ts', ['shown']);
      expect(addresses).toMatchObject([
        {ifname: 'lo', flags: expect.arrayContaining(['UP'])},
        {ifname: 'eth0', address: '02:00:00:00:00:0a', flags: expect.arrayContaining(['UP'])},
      ]);
      const address = {family: 'inet', local: '192.168.1.10', prefixlen: 24, scope: 'global'};
      expect(addresses[1].addr_info).toContainEqual(expect.objectContaining(address));
      expect(routes).toMatchObject([
        {dst: 'default', gateway: '192.168.1.1', dev: 'eth0'},
        {dst: '10.0.0.0/8', gateway: '192.168.1.2', dev: 'eth0'},
        {dst: '192.168.1.0/24', dev: 'eth0', protocol: 'kernel'},
      ]);
    });

    test('of IPv6', needs(whyNoIpv6), async () => {
      const {addresses, routes} = await inside('program-with-links.ts', ['shownV6']);
      // Without `nodad` it would be tentative for a second, and of no use.
      const address = {family: 'inet6', local: 'fd00::10', prefixlen: 64, scope: 'global', nodad: true};
      expect(addresses[1].addr_info).toContainEqual(expect.objectContaining(address));
      expect(routes).toContainEqual(expect.objectContaining({dst: 'default', gateway: 'fd00::1', dev: 'eth0'}));
      expect(routes).toContainEqual(expect.objectContaining({dst: 'fd01::/32', gateway: 'fd00::2', dev: 'eth0'}));
    });
  });

  test('that cannot be are refused by the kernel, and nothing comes of it', async () => {
    expect(await inside('program-with-links.ts', ['wrong'])).toEqual({
      'no such device': ['ENODEV', 'ENODEV', 'ENODEV'],
      'there already': ['EEXIST', 'EEXIST', 'EEXIST'],
      'no such prefix': 'EINVAL',
      'no way to the gateway': 'ENETUNREACH',
      'no namespace': 'EINVAL',
      'in words': {kind: 'failed', errno: 'EINVAL', code: 22, why: expect.stringMatching('prefix length')},
      'and nothing came of it': ['lo', 'eth0'],
    });
  });

  test('are all read, also when they are more than one datagram', async () => {
    const names: string[] = await inside('program-with-links.ts', ['many']);
    expect(names).toHaveLength(201);
    expect(new Set(names).size).toBe(201);
  });

  test('that belong to another account are left as they are: EPERM', async () => {
    expect(await inside('program-with-links.ts', ['refused'], '-Ur')).toEqual(['EPERM', 'EPERM']);
  });
});
