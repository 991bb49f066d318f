import {chainOf, type FilterChain, type FilterRule, filterTable} from '../../model/filter.ts';
import {expressionsOf} from './filter-expressions.ts';
import type {Netlink, NetlinkAnswer} from './netlink.ts';
import {attribute, be16, be32, joined, type NetlinkMessage, nested, netlinkFlags, text, u8} from './netlink-message.ts';

/**
 * The packet filter of the network namespace in which a NETLINK_NETFILTER socket was opened: nftables, all of a change or nothing of it.
 * man 8 nft; include/uapi/linux/netfilter/nfnetlink.h, nf_tables.h. A kernel without nftables, or without its NAT, answers
 * EOPNOTSUPP, EPROTONOSUPPORT or ENOENT.
 */

/** Adds a rule behind those of its chain; makes the table and the chain where they are missing. */
export const addRule = (netlink: Netlink, rule: FilterRule): NetlinkAnswer =>
  netlink.request(...batch(newTable, newChain(chainOf(rule)), newRule(rule)));

/** Takes all rules away. Connections that were translated (masquerade, port-forward) stay so: the kernel remembers each. */
export const flushRules = (netlink: Netlink): NetlinkAnswer =>
  // A table that is not there could not be deleted: it is made first.
  netlink.request(...batch(newTable, change(NFT_MSG_DELTABLE, 0, attribute(NFTA_TABLE_NAME, text(filterTable)))));

const NFNL_SUBSYS_NFTABLES = 10;
const NFNL_MSG_BATCH_BEGIN = 16;
const NFNL_MSG_BATCH_END = 17;
const NFPROTO_UNSPEC = 0;
const NFPROTO_IPV4 = 2;

const NFT_MSG_NEWTABLE = 0;
const NFT_MSG_DELTABLE = 2;
const NFT_MSG_NEWCHAIN = 3;
const NFT_MSG_NEWRULE = 6;

const NFTA_TABLE_NAME = 1;
const NFTA_CHAIN_TABLE = 1;
const NFTA_CHAIN_NAME = 3;
const NFTA_CHAIN_HOOK = 4;
const NFTA_CHAIN_TYPE = 7;
const NFTA_HOOK_HOOKNUM = 1;
const NFTA_HOOK_PRIORITY = 2;
const NFTA_RULE_TABLE = 1;
const NFTA_RULE_CHAIN = 2;
const NFTA_RULE_EXPRESSIONS = 4;

/** include/uapi/linux/netfilter.h and netfilter_ipv4.h: where a chain is attached, and before or after what else there. */
const chains: Readonly<Record<FilterChain, {type: 'filter' | 'nat'; hook: number; priority: number}>> = {
  prerouting: {type: 'nat', hook: 0, priority: -100},
  input: {type: 'filter', hook: 1, priority: 0},
  forward: {type: 'filter', hook: 2, priority: 0},
  output: {type: 'filter', hook: 3, priority: 0},
  postrouting: {type: 'nat', hook: 4, priority: 100},
};

const {NLM_F_ACK, NLM_F_CREATE, NLM_F_APPEND} = netlinkFlags;

const batch = (...changes: readonly NetlinkMessage[]): NetlinkMessage[] => [
  boundary(NFNL_MSG_BATCH_BEGIN),
  ...changes,
  boundary(NFNL_MSG_BATCH_END),
];

const boundary = (type: number): NetlinkMessage => ({
  type,
  flags: 0,
  body: header(NFPROTO_UNSPEC, NFNL_SUBSYS_NFTABLES),
});

const change = (type: number, flags: number, ...attributes: readonly Uint8Array[]): NetlinkMessage => ({
  type: (NFNL_SUBSYS_NFTABLES << 8) | type,
  flags: NLM_F_ACK | flags,
  body: joined(header(NFPROTO_IPV4, 0), ...attributes),
});

/** `struct nfgenmsg`: family, version 0, and what the message is about. */
const header = (family: number, about: number): Uint8Array => joined(u8(family, 0), be16(about));

const newTable = change(NFT_MSG_NEWTABLE, NLM_F_CREATE, attribute(NFTA_TABLE_NAME, text(filterTable)));

function newChain(chain: FilterChain): NetlinkMessage {
  const {type, hook, priority} = chains[chain];
  return change(
    NFT_MSG_NEWCHAIN,
    NLM_F_CREATE,
    attribute(NFTA_CHAIN_TABLE, text(filterTable)),
    attribute(NFTA_CHAIN_NAME, text(chain)),
    nested(NFTA_CHAIN_HOOK, attribute(NFTA_HOOK_HOOKNUM, be32(hook)), attribute(NFTA_HOOK_PRIORITY, be32(priority))),
    attribute(NFTA_CHAIN_TYPE, text(type)),
  );
}

const newRule = (rule: FilterRule): NetlinkMessage =>
  change(
    NFT_MSG_NEWRULE,
    NLM_F_CREATE | NLM_F_APPEND,
    attribute(NFTA_RULE_TABLE, text(filterTable)),
    attribute(NFTA_RULE_CHAIN, text(chainOf(rule))),
    nested(NFTA_RULE_EXPRESSIONS, ...expressionsOf(rule)),
  );
