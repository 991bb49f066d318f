import type {HostName} from './wire.ts';

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

/** A rule that is added on a host, or null: all rules of that host are taken away. */
export interface FilterChange {
  readonly host: HostName;
  readonly rule: FilterRule | null;
}
