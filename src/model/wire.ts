import type {HostName} from './actor.ts';
import type {Base64} from './call.ts';
import type {Layer} from './layers.ts';

/** One frame as it was captured, Ethernet header first (`lo` has one too, of zeros). */
export interface Frame {
  readonly host: HostName;
  /** The network interface, such as `lo`. */
  readonly device: string;
  /** Whether the host sent it there, or it came in. On `lo` each frame is kept once, as it comes in. */
  readonly direction: 'in' | 'out';
  /** The kernel's clock, in nanoseconds since 1970, as decimal digits: more than a number of JSON can hold. */
  readonly time: string;
  /** How many bytes it has on the wire; `data` may hold fewer. */
  readonly length: number;
  readonly data: Base64;
}

export type Protocol =
  | 'ethernet'
  | 'arp'
  | 'ipv4'
  | 'ipv6'
  | 'icmp'
  | 'icmpv6'
  | 'tcp'
  | 'udp'
  /** What the application sent. */
  | 'data'
  /** Bytes behind a header that names a protocol which is not taken apart here, and padding. */
  | 'other';

/** RFC 9293 section 3.1 and RFC 3168, in the order of the bits, highest first. */
export const tcpFlags = ['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'] as const;
export type TcpFlag = (typeof tcpFlags)[number];

/** The fields of the headers, each named after its protocol. */
export type FieldName =
  | 'eth-destination'
  | 'eth-source'
  | 'eth-type'
  | 'arp-hardware-type'
  | 'arp-protocol-type'
  | 'arp-hardware-length'
  | 'arp-protocol-length'
  | 'arp-operation'
  | 'arp-sender-mac'
  | 'arp-sender-ip'
  | 'arp-target-mac'
  | 'arp-target-ip'
  | 'ip-version'
  | 'ip-header-length'
  | 'ip-dscp'
  | 'ip-ecn'
  | 'ip-total-length'
  | 'ip-identification'
  | 'ip-flags'
  | 'ip-fragment-offset'
  | 'ip-ttl'
  | 'ip-protocol'
  | 'ip-checksum'
  | 'ip-source'
  | 'ip-destination'
  | 'ip-options'
  | 'ip6-version'
  | 'ip6-traffic-class'
  | 'ip6-flow-label'
  | 'ip6-payload-length'
  | 'ip6-next-header'
  | 'ip6-hop-limit'
  | 'ip6-source'
  | 'ip6-destination'
  | 'ip6-extension'
  | 'icmp-type'
  | 'icmp-code'
  | 'icmp-checksum'
  | 'icmp-rest'
  | 'icmp-original'
  | 'tcp-source-port'
  | 'tcp-destination-port'
  | 'tcp-sequence'
  | 'tcp-acknowledgment'
  | 'tcp-data-offset'
  | 'tcp-reserved'
  | 'tcp-flags'
  | 'tcp-window'
  | 'tcp-checksum'
  | 'tcp-urgent'
  | 'tcp-option-end'
  | 'tcp-option-nop'
  | 'tcp-option-mss'
  | 'tcp-option-window-scale'
  | 'tcp-option-sack-permitted'
  | 'tcp-option-sack'
  | 'tcp-option-fast-open'
  | 'tcp-option-timestamps'
  | 'tcp-option-other'
  | 'udp-source-port'
  | 'udp-destination-port'
  | 'udp-length'
  | 'udp-checksum'
  | 'data'
  | 'other';

/** One field of one header. Options of TCP are one field each, with what they hold in `value`. */
export interface Field {
  readonly name: FieldName;
  /** Bytes from the beginning of the frame. */
  readonly offset: number;
  /** How many bytes it lies in, 1 or more. */
  readonly length: number;
  /** Where it is not whole bytes: its bits in them, 0 being the highest of the first byte. */
  readonly bits?: {readonly first: number; readonly count: number};
  /**
   * A number as it stands there (network byte order), an address as text, names of the flags that are set, numbers of an option,
   * or, of data and of what is not taken apart, the bytes in hexadecimal, two digits each.
   */
  readonly value: number | string | readonly string[] | readonly number[];
}

/** What is wrong with a frame, and why the reading went no further. */
export type WireProblem =
  /** The bytes end before the header does. */
  | 'cut-short'
  /** A length in the header cannot be: smaller than the header itself, or larger than what there is. */
  | 'bad-length'
  /** An option whose length is 0 or 1, or that runs over the end of the header. */
  | 'bad-option'
  /** A version number that is not the one that the header before promised. */
  | 'bad-version'
  /** Not a problem of the frame: only its beginning was captured. */
  | 'not-captured';

/** One header, or the data. */
export interface Part {
  readonly protocol: Protocol;
  readonly layer: Layer;
  readonly offset: number;
  readonly length: number;
  readonly fields: readonly Field[];
}

/** A frame taken apart, as far as it could be. */
export interface Dissection {
  /** From the outside to the inside, without a gap from byte 0 to `reached`. */
  readonly parts: readonly Part[];
  /** How many bytes of the frame were understood. */
  readonly reached: number;
  readonly problem: {readonly kind: WireProblem; readonly at: number} | null;
}

/** What relative sequence and acknowledgment numbers are counted from: the first of each direction. */
export interface SequenceBase {
  readonly sequence: number;
  readonly acknowledgment: number;
}

/** What a segment without data asks for by its number: whether the peer is still there, or whether its window, closed last, is still so. */
export type Probe = 'keepalive' | 'window';

export interface WireEnd {
  readonly host: string;
  readonly port: number;
}

/** A checksum: right; wrong; left to a device that is not there (man 7 packet: offload); none (0 in UDP over IPv4, RFC 768); or not all of what it is about was captured. */
export type Checksum = 'right' | 'wrong' | 'unfinished' | 'none' | 'unknown';

/** What a line of a ladder says of a frame. Sequence numbers are as on the wire; `length` is bytes of data. */
export type Summary =
  | {
      readonly kind: 'tcp';
      readonly from: WireEnd;
      readonly to: WireEnd;
      readonly flags: readonly TcpFlag[];
      readonly sequence: number;
      readonly acknowledgment: number;
      /** As in the header: not scaled. */
      readonly window: number;
      readonly length: number;
      readonly ttl: number;
      readonly checksum: Checksum;
      readonly mss?: number;
      readonly windowScale?: number;
      readonly sackPermitted?: true;
      readonly timestamps?: readonly [value: number, echo: number];
      /** Blocks of sequence numbers, each from and up to. */
      readonly sack?: readonly (readonly [number, number])[];
    }
  | {
      readonly kind: 'udp';
      readonly from: WireEnd;
      readonly to: WireEnd;
      readonly length: number;
      readonly ttl: number;
      readonly checksum: Checksum;
    }
  | {
      readonly kind: 'icmp';
      readonly from: string;
      readonly to: string;
      readonly type: number;
      readonly code: number;
      readonly version: 4 | 6;
      /** What it complains about, where it is an error: the beginning of that packet. */
      readonly about?: Summary;
    }
  | {
      readonly kind: 'arp';
      readonly operation: number;
      readonly sender: {readonly mac: string; readonly ip: string};
      readonly target: {readonly mac: string; readonly ip: string};
    }
  | {readonly kind: 'other'; readonly protocol: Protocol};
