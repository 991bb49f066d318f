import {endianness} from 'node:os';
import {familyNumber} from '../libc/sockaddr.ts';
import {type Netlink, type NetlinkAnswer, type NetlinkFailure, unanswered} from './netlink.ts';
import {
  attribute,
  joined,
  type NetlinkMessage,
  nested,
  netlinkFlags,
  readAttributes,
  readText,
  text,
  u8,
  u16,
  u32,
  viewOf,
} from './netlink-message.ts';
import {type IpFamily, networkCalls} from './network-calls.ts';

/**
 * Devices, addresses and routes of the network namespace in which a NETLINK_ROUTE socket was opened. man 7 rtnetlink;
 * include/uapi/linux/rtnetlink.h, if_link.h, if_addr.h.
 */

/** One end of a veth pair (man 4 veth). */
export interface VethEnd {
  readonly name: string;
  /** `02:00:00:00:00:01`; the kernel makes one up where it is missing. */
  readonly mac?: string;
  /** A descriptor of the namespace that it goes to; where the socket is when missing. */
  readonly namespace?: number;
}

/** An address, and how many bits of it the whole network shares. */
export interface Prefix {
  readonly host: string;
  readonly bits: number;
}

export interface Link {
  readonly name: string;
  readonly index: number;
  /** All zeros for `lo`. */
  readonly mac: string;
  readonly isUp: boolean;
}

const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const RTM_NEWADDR = 20;
const RTM_NEWROUTE = 24;

const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_LINKINFO = 18;
const IFLA_NET_NS_FD = 28;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const VETH_INFO_PEER = 1;

const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const RTA_DST = 1;
const RTA_GATEWAY = 5;

const IFF_UP = 1;
/** No duplicate address detection (RFC 4862 section 5.4): the address can be used at once. */
const IFA_F_NODAD = 2;

const {NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL, NLM_F_DUMP} = netlinkFlags;
const create = NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
const isLittle = endianness() === 'LE';

export const bringUp = (netlink: Netlink, device: string): NetlinkAnswer =>
  netlink.request({type: RTM_NEWLINK, flags: NLM_F_ACK, body: joined(linkHeader(IFF_UP), name(device))});

/** Makes two devices, the ends of one cable: what goes into one comes out of the other, whichever namespaces they are in. */
export function addVeth(netlink: Netlink, end: VethEnd, peer: VethEnd): NetlinkAnswer {
  const other = attribute(VETH_INFO_PEER, joined(linkHeader(), endAttributes(peer)));
  const kind = nested(IFLA_LINKINFO, attribute(IFLA_INFO_KIND, text('veth')), nested(IFLA_INFO_DATA, other));
  return netlink.request({type: RTM_NEWLINK, flags: create, body: joined(linkHeader(), endAttributes(end), kind)});
}

/** Gives a device an IPv4 or IPv6 address, and with it the route to the network that the address is in. */
export function addAddress(netlink: Netlink, device: string, {host, bits}: Prefix): NetlinkAnswer {
  const found = findLink(netlink, device);
  if (found.kind === 'failed') return found;
  const family = familyOf(host);
  const address = networkCalls().addressBytes(family, host);
  // struct ifaddrmsg: family, length of the prefix, flags, scope (0: everywhere), index
  const header = joined(
    u8(familyNumber(family), bits, family === 'AF_INET6' ? IFA_F_NODAD : 0, 0),
    u32(found.link.index),
  );
  const body = joined(header, attribute(IFA_LOCAL, address), attribute(IFA_ADDRESS, address));
  return netlink.request({type: RTM_NEWADDR, flags: create, body});
}

const RT_TABLE_MAIN = 254;
/** As `ip route add` has it. */
const RTPROT_BOOT = 3;
const RT_SCOPE_UNIVERSE = 0;
const RTN_UNICAST = 1;

/** What goes to `to` ('default': to anywhere that no other route leads to) is handed to the gateway. */
export function addRoute(netlink: Netlink, to: Prefix | 'default', gateway: string): NetlinkAnswer {
  const bits = to === 'default' ? 0 : to.bits;
  const family = familyOf(gateway);
  // struct rtmsg: family, lengths of the two prefixes, TOS, table, protocol, scope, type, flags
  const kind = u8(familyNumber(family), bits, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, RT_SCOPE_UNIVERSE, RTN_UNICAST);
  const destination = to === 'default' ? u8() : attribute(RTA_DST, networkCalls().addressBytes(family, to.host));
  const via = attribute(RTA_GATEWAY, networkCalls().addressBytes(family, gateway));
  return netlink.request({type: RTM_NEWROUTE, flags: create, body: joined(kind, u32(0), destination, via)});
}

export type FoundLink = {readonly kind: 'found'; readonly link: Link} | NetlinkFailure;

/** ENODEV where there is no such device. */
export function findLink(netlink: Netlink, device: string): FoundLink {
  const body = joined(linkHeader(), name(device));
  const answer = netlink.request({type: RTM_GETLINK, flags: NLM_F_ACK, body});
  if (answer.kind === 'failed') return answer;
  const [link] = answer.messages.flatMap(readLink);
  return link ? {kind: 'found', link} : unanswered;
}

/** All devices, in the order of their indexes; none where the kernel refuses to list them. */
export function readLinks(netlink: Netlink): Link[] {
  const answer = netlink.request({type: RTM_GETLINK, flags: NLM_F_DUMP, body: linkHeader()});
  return answer.kind === 'failed' ? [] : answer.messages.flatMap(readLink);
}

/** `struct ifinfomsg`: family, type of device, index (0: by name), flags, and which of the flags are to change. */
const linkHeader = (up = 0): Uint8Array => joined(u8(0, 0), u16(0), u32(0), u32(up), u32(up));
const linkHeaderSize = 16;

/** IFNAMSIZ, include/uapi/linux/if.h: with its closing NUL. */
const nameSize = 16;

function name(device: string): Uint8Array {
  const bytes = text(device);
  if (bytes.length > nameSize) throw new RangeError(`a device name has at most ${nameSize - 1} bytes: ${device}`);
  return attribute(IFLA_IFNAME, bytes);
}

const endAttributes = (end: VethEnd): Uint8Array =>
  joined(
    name(end.name),
    end.mac === undefined ? u8() : attribute(IFLA_ADDRESS, macBytes(end.mac)),
    end.namespace === undefined ? u8() : attribute(IFLA_NET_NS_FD, u32(end.namespace)),
  );

function macBytes(mac: string): Uint8Array {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(mac)) throw new RangeError(`no MAC address: ${mac}`);
  return new Uint8Array(Buffer.from(mac.replaceAll(':', ''), 'hex'));
}

function readLink({type, body}: NetlinkMessage): Link[] {
  if (type !== RTM_NEWLINK || body.length < linkHeaderSize) return [];
  const header = viewOf(body);
  const attributes = readAttributes(body.subarray(linkHeaderSize));
  const value = (wanted: number) => attributes.find(found => found.type === wanted)?.value ?? u8();
  return [
    {
      name: readText(value(IFLA_IFNAME)),
      index: header.getInt32(4, isLittle),
      mac: Buffer.from(value(IFLA_ADDRESS))
        .toString('hex')
        .replaceAll(/..(?=.)/g, '$&:'),
      isUp: (header.getUint32(8, isLittle) & IFF_UP) !== 0,
    },
  ];
}

const familyOf = (host: string): IpFamily => (host.includes(':') ? 'AF_INET6' : 'AF_INET');
