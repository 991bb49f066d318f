import {expect, test} from 'vitest';
import {ruleText} from '../../src/messages/filter-rule.ts';
import type {FilterRule} from '../../src/model/filter.ts';

test.each<[string, FilterRule]>([
  ['add rule ip sockwalk input tcp dport 8080 drop', {kind: 'drop', hook: 'input', protocol: 'tcp', port: 8080}],
  ['add rule ip sockwalk output udp dport 53 drop', {kind: 'drop', hook: 'output', protocol: 'udp', port: 53}],
  ['add rule ip sockwalk postrouting oifname "eth1" masquerade', {kind: 'masquerade', device: 'eth1'}],
  [
    'add rule ip sockwalk prerouting iifname "eth1" tcp dport 8080 dnat to 192.168.1.10:80',
    {kind: 'port-forward', device: 'eth1', protocol: 'tcp', port: 8080, to: {host: '192.168.1.10', port: 80}},
  ],
])('a rule as nft takes it: %s', (text, rule) => {
  expect(ruleText(rule, String)).toBe(text);
});
