import type {FilterRuleOf} from '../model/filter.ts';

/** A rule as nft(8) would be told to add it. */
export function ruleText<Port>(rule: FilterRuleOf<Port>, port: (port: Port) => string): string {
  switch (rule.kind) {
    case 'drop':
      return `add rule ip sockwalk ${rule.hook} ${rule.protocol} dport ${port(rule.port)} drop`;
    case 'masquerade':
      return `add rule ip sockwalk postrouting oifname "${rule.device}" masquerade`;
    case 'port-forward':
      return `add rule ip sockwalk prerouting iifname "${rule.device}" ${rule.protocol} dport ${port(rule.port)} dnat to ${rule.to.host}:${port(rule.to.port)}`;
  }
}

/** All rules go. */
export const flushText = 'delete table ip sockwalk';
