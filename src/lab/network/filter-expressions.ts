import {isPort} from '../../model/brands.ts';
import type {FilterRule} from '../../model/filter.ts';
import {attribute, be16, be32, nested, text, u8} from './netlink-message.ts';
import {networkCalls} from './network-calls.ts';

/**
 * What a rule does, in the kernel's own steps: load something of the packet into a register, compare it (and leave the rule when
 * it differs), decide. `nft --debug=netlink list ruleset` shows them. include/uapi/linux/netfilter/nf_tables.h.
 */
export function expressionsOf(rule: FilterRule): Uint8Array[] {
  switch (rule.kind) {
    case 'drop':
      return [...toPort(rule.protocol, rule.port), verdict(NF_DROP)];
    case 'masquerade':
      return [...device(NFT_META_OIFNAME, rule.device), expression('masq')];
    case 'port-forward':
      return [
        ...device(NFT_META_IIFNAME, rule.device),
        ...toPort(rule.protocol, rule.port),
        ...sendOn(rule.to.host, rule.to.port),
      ];
  }
}

const NFT_META_IIFNAME = 6;
const NFT_META_OIFNAME = 7;
const NFT_META_L4PROTO = 16;
const NFT_CMP_EQ = 0;
const NFT_PAYLOAD_TRANSPORT_HEADER = 2;
const NFT_NAT_DNAT = 1;
const NFPROTO_IPV4 = 2;
const NF_DROP = 0;

/** Registers of 16 bytes; number 0 holds the verdict. */
const verdictRegister = 0;
const first = 1;
const second = 2;

/** IANA's numbers, as in the IP header. */
const protocols = {tcp: 6, udp: 17} as const;
/** RFC 9293 section 3.1, RFC 768. */
const destinationPort = {offset: 2, length: 2};
/** IFNAMSIZ: a name is compared with the NULs behind it. */
const nameSize = 16;

const toPort = (protocol: keyof typeof protocols, port: number): Uint8Array[] => [
  meta(NFT_META_L4PROTO),
  isEqual(u8(protocols[protocol])),
  transportField(destinationPort),
  isEqual(portBytes(port)),
];

function portBytes(port: number): Uint8Array {
  if (!isPort(port)) throw new RangeError(`no port: ${port}`);
  return be16(port);
}

function device(key: number, name: string): Uint8Array[] {
  const padded = new Uint8Array(nameSize);
  if (Buffer.byteLength(name) >= nameSize) throw new RangeError(`a device name has at most 15 bytes: ${name}`);
  padded.set(Buffer.from(name));
  return [meta(key), isEqual(padded)];
}

/** The destination becomes another host and port; the answers are changed back without a rule of their own. */
const sendOn = (host: string, port: number): Uint8Array[] => [
  immediate(first, networkCalls().addressBytes('AF_INET', host)),
  immediate(second, portBytes(port)),
  expression(
    'nat',
    attribute(1, be32(NFT_NAT_DNAT)),
    attribute(2, be32(NFPROTO_IPV4)),
    // NFTA_NAT_REG_ADDR_MIN, NFTA_NAT_REG_PROTO_MIN
    attribute(3, be32(first)),
    attribute(5, be32(second)),
  ),
];

/** NFTA_META_DREG, NFTA_META_KEY */
const meta = (key: number): Uint8Array => expression('meta', attribute(1, be32(first)), attribute(2, be32(key)));

/** NFTA_CMP_SREG, NFTA_CMP_OP, NFTA_CMP_DATA */
const isEqual = (value: Uint8Array): Uint8Array =>
  expression('cmp', attribute(1, be32(first)), attribute(2, be32(NFT_CMP_EQ)), nested(3, dataValue(value)));

/** NFTA_PAYLOAD_DREG, NFTA_PAYLOAD_BASE, NFTA_PAYLOAD_OFFSET, NFTA_PAYLOAD_LEN */
const transportField = ({offset, length}: {offset: number; length: number}): Uint8Array =>
  expression(
    'payload',
    attribute(1, be32(first)),
    attribute(2, be32(NFT_PAYLOAD_TRANSPORT_HEADER)),
    attribute(3, be32(offset)),
    attribute(4, be32(length)),
  );

/** NFTA_IMMEDIATE_DREG, NFTA_IMMEDIATE_DATA */
const immediate = (register: number, value: Uint8Array): Uint8Array =>
  expression('immediate', attribute(1, be32(register)), nested(2, dataValue(value)));

/** NFTA_DATA_VERDICT, NFTA_VERDICT_CODE */
const verdict = (code: number): Uint8Array =>
  expression('immediate', attribute(1, be32(verdictRegister)), nested(2, nested(2, attribute(1, be32(code)))));

/** NFTA_DATA_VALUE */
const dataValue = (value: Uint8Array): Uint8Array => attribute(1, value);

/** NFTA_EXPR_NAME, NFTA_EXPR_DATA in an NFTA_LIST_ELEM */
const expression = (name: string, ...data: readonly Uint8Array[]): Uint8Array =>
  nested(1, attribute(1, text(name)), nested(2, ...data));
