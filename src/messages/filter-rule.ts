import {chainOf, type FilterRuleOf, filterTable} from '../model/filter.ts';

/** How a port is written: the kernel's number, or a lesson's name for it. */
type WritePort<Port> = (port: Port) => string;

/** The command of nft(8) that adds the rule, without the `nft`. The same in both languages. */
export const ruleText = <Port>(rule: FilterRuleOf<Port>, write: WritePort<Port>): string =>
  `add rule ip ${filterTable} ${chainOf(rule)} ${statementText(rule, write)}`;

/** The one that takes all rules away. */
export const flushText = `delete table ip ${filterTable}`;

/** What the rule matches and does, as `nft list ruleset` shows it. */
export function statementText<Port>(rule: FilterRuleOf<Port>, write: WritePort<Port>): string {
  switch (rule.kind) {
    case 'drop':
      return `${rule.protocol} dport ${write(rule.port)} drop`;
    case 'masquerade':
      return `oifname "${rule.device}" masquerade`;
    case 'port-forward': {
      const {device, protocol, port, to} = rule;
      return `iifname "${device}" ${protocol} dport ${write(port)} dnat to ${to.host}:${write(to.port)}`;
    }
  }
}
