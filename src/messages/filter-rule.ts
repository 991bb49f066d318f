import {chainOf, type FilterRule, filterTable} from '../model/filter.ts';

/** The command of nft(8) that adds the rule, without the `nft`. The same in both languages. */
export const ruleText = (rule: FilterRule): string =>
  `add rule ip ${filterTable} ${chainOf(rule)} ${statementText(rule)}`;

/** What the rule matches and does, as `nft list ruleset` shows it. */
export function statementText(rule: FilterRule): string {
  switch (rule.kind) {
    case 'drop':
      return `${rule.protocol} dport ${rule.port} drop`;
    case 'masquerade':
      return `oifname "${rule.device}" masquerade`;
    case 'port-forward': {
      const {device, protocol, port, to} = rule;
      return `iifname "${device}" ${protocol} dport ${port} dnat to ${to.host}:${to.port}`;
    }
  }
}
