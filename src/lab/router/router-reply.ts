import {BlockList, isIPv4} from 'node:net';
import type {ExternalAddress, Reach, ReplyProblem} from '../../model/ask.ts';
import {parseHead} from '../http/http-head.ts';
import {elementsOf, readXml, textOf, type XmlElement} from '../http/xml.ts';

/** What routers say to a program that asks them, read with mistrust: all of it comes from strangers. */

/** The longest answer to a search that is read, in bytes. */
export const longestReply = 2048;

/** An answer to the search, as far as it may be trusted: where the description is, or what is wrong. */
export interface Reply {
  readonly from: string;
  /** The field SERVER. */
  readonly server: string;
  readonly location: URL | null;
  /** LOCATION as it was sent. */
  readonly written: string;
  readonly problem: ReplyProblem | null;
}

/**
 * Reads an answer. Only a URL on the sender itself, on this side of the router, is one to go to.
 *
 * @param near where a sender may be
 */
export function readReply(datagram: Uint8Array, from: string, near: BlockList = ownNetworks): Reply {
  const head = parseHead(datagram, longestReply);
  const server = head?.fields.get('server') ?? '';
  const written = head?.fields.get('location') ?? '';
  const wrong = (problem: ReplyProblem): Reply => ({from, server, written, location: null, problem});
  if (datagram.length > longestReply) return wrong('reply-too-long');
  if (!head || !/^HTTP\/1\.[01] 200(?: |$)/.test(head.start)) return wrong('no-answer-form');
  if (!near.check(from)) return wrong('not-local');
  if (written === '') return wrong('no-location');
  const location = webAddress(written);
  if (!location) return wrong('bad-location');
  if (location.hostname !== from) return wrong('other-host');
  return {from, server, written, location, problem: null};
}

/** A plain http URL without an account in it; null for all else. */
export function webAddress(text: string, base?: URL): URL | null {
  if (text.length > 1024 || !URL.canParse(text, base?.href)) return null;
  const url = new URL(text, base?.href);
  return url.protocol === 'http:' && url.username === '' && url.password === '' ? url : null;
}

/** The services that know the external address: a router has one of them, in version 1 or 2. */
const wanServices = /^urn:schemas-upnp-org:service:(?:WANIPConnection:[12]|WANPPPConnection:1)$/;

/** Where to ask for the external address; null where a description names no service for it. */
export function wanServiceOf(description: XmlElement): {type: string; controlUrl: string} | null {
  for (const element of elementsOf(description)) {
    if (element.name !== 'service') continue;
    const own = (name: string) => element.children.find(child => child.name === name)?.text ?? '';
    const [type, controlUrl] = [own('serviceType'), own('controlURL')];
    if (wanServices.test(type) && controlUrl !== '') return {type, controlUrl};
  }
  return null;
}

/** What a SOAP answer says of the address. */
export function addressIn(body: string): ExternalAddress {
  const answer = readXml(body);
  if (typeof answer === 'string') return {kind: answer};
  const code = textOf(answer, 'errorCode');
  if (code !== null) return {kind: 'fault', code};
  const address = textOf(answer, 'NewExternalIPAddress');
  return address !== null && isIPv4(address)
    ? {kind: 'address', address, reach: reachOf(address)}
    : {kind: 'no-address'};
}

export function networks(...all: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of all) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits));
  }
  return list;
}

// RFC 1918; RFC 6598; the others of RFC 6890, multicast and what is reserved.
const homes = networks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');
const providers = networks('100.64.0.0/10');
const nowhere = networks(
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.0.2.0/24', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
);
/** Where a device of one's own network may answer from. */
export const ownNetworks = networks(
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'],
);
/** The same for tests, which stay on this machine. */
export const thisMachine = networks('127.0.0.0/8');

export function reachOf(address: string): Reach {
  if (homes.check(address)) return 'private';
  if (providers.check(address)) return 'shared';
  return nowhere.check(address) ? 'reserved' : 'public';
}
