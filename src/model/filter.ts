import type {HostName} from './actor.ts';

/**
 * A rule of the packet filter (nftables) on a host of the private network. `port` and `device` say which packets it is about;
 * a drop on `input` comes after the frame was captured, so what is dropped is seen.
 */
export type FilterRuleOf<Port> =
  | {
      readonly kind: 'drop';
      readonly hook: 'input' | 'forward' | 'output';
      readonly protocol: 'tcp' | 'udp';
      readonly port: Port;
    }
  /** The source of what leaves by this device becomes the router's own address: the kernel's MASQUERADE. */
  | {readonly kind: 'masquerade'; readonly device: string}
  /** What comes in by this device for this port goes on to another host: DNAT, port forwarding. */
  | {
      readonly kind: 'port-forward';
      readonly device: string;
      readonly protocol: 'tcp' | 'udp';
      readonly port: Port;
      readonly to: {readonly host: string; readonly port: Port};
    };

export type FilterRule = FilterRuleOf<number>;

/** Where the rules are: one table of nftables, family `ip`, that has nothing else in it. */
export const filterTable = 'sockwalk';

/** The chains of that table, each named after the hook of the kernel that it is attached to. */
export type FilterChain = 'input' | 'forward' | 'output' | 'prerouting' | 'postrouting';

export function chainOf(rule: FilterRuleOf<unknown>): FilterChain {
  switch (rule.kind) {
    case 'drop':
      return rule.hook;
    case 'masquerade':
      return 'postrouting';
    case 'port-forward':
      return 'prerouting';
  }
}

/** A rule that is added on a host, or null: all rules of that host are taken away. */
export interface FilterChange {
  readonly host: HostName;
  readonly rule: FilterRule | null;
}
