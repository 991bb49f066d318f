import {createSocket, type RemoteInfo, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Asked, AskReport, ExternalAddress} from '../../model/ask.ts';
import {gatewayDevice, searchGroup, searchText, soapAction, soapBody} from '../../model/upnp.ts';
import {askOverHttp} from '../http/http-ask.ts';
import {readXml} from '../http/xml.ts';
import {addressIn, ownNetworks, type Reply, readReply, thisMachine, wanServiceOf, webAddress} from './router-reply.ts';

/** How far a program goes that asks strangers on a network. */
export const askLimits = {
  /** MX, in seconds. */
  mx: 2,
  /** A datagram may be lost, so the search is sent so many times. */
  searches: 2,
  /** Answers that are looked at. */
  replies: 64,
  /** Devices that are connected to, and as many of which is told what is wrong with their answers. */
  routers: 4,
  headerBytes: 8192,
  bodyBytes: 65_536,
  /** Milliseconds for one HTTP request and its answer. */
  wholeMs: 3000,
} as const;

export interface AskOptions {
  /** For tests: who on this machine is searched, in place of every device of the network. */
  readonly to?: {readonly host: string; readonly port: number};
  /** Milliseconds to wait for answers: MX, and a second for the way. */
  readonly waitMs?: number;
  /** Replies after which nobody waits for more. */
  readonly enough?: number;
  readonly wholeMs?: number;
}

/** Searches for routers and asks each for its external address. It opens no port and changes nothing. */
export async function askRouters(options: AskOptions = {}): Promise<AskReport> {
  const {waitMs = (askLimits.mx + 1) * 1000, enough = Number.POSITIVE_INFINITY} = options;
  const replies = await search(options.to ?? searchGroup, waitMs, enough);
  if ('sendErrno' in replies) return {sendErrno: replies.sendErrno, asked: []};
  const near = options.to ? thisMachine : ownNetworks;
  const firsts = firstOfEach(replies.map(({datagram, from}) => readReply(datagram, from, near)));
  const routers = firsts.filter(({problem}) => problem === null).slice(0, askLimits.routers);
  const others = firsts.filter(({problem}) => problem !== null).slice(0, askLimits.routers);
  const wholeMs = options.wholeMs ?? askLimits.wholeMs;
  return {sendErrno: null, asked: await Promise.all([...routers, ...others].map(one => askOne(one, wholeMs)))};
}

interface Datagram {
  readonly datagram: Uint8Array;
  readonly from: string;
}

async function search(
  to: NonNullable<AskOptions['to']>,
  waitMs: number,
  enough: number,
): Promise<readonly Datagram[] | {sendErrno: string}> {
  const socket = createSocket('udp4');
  const replies: Datagram[] = [];
  const over = new AbortController();
  socket.on('message', (datagram: Buffer, {address}: RemoteInfo) => {
    if (replies.length < askLimits.replies) replies.push({datagram, from: address});
    if (replies.length >= enough) over.abort();
  });
  try {
    socket.on('error', () => {});
    socket.bind(0, thisMachine.check(to.host) ? '127.0.0.1' : '0.0.0.0');
    await once(socket, 'listening');
    // UPnP Device Architecture 1.1, section 1.3.2: it stays on the network, or near it.
    socket.setMulticastTTL(2);
    const text = searchText(`${to.host}:${to.port}`, gatewayDevice, askLimits.mx);
    for (let n = 0; n < askLimits.searches; n++) await sent(socket, text, to);
    await sleep(waitMs, undefined, {signal: over.signal}).catch(() => {});
    return replies;
  } catch (error) {
    return {sendErrno: (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN'};
  } finally {
    socket.close();
  }
}

const sent = (socket: Socket, text: string, to: NonNullable<AskOptions['to']>) =>
  new Promise<void>((resolve, reject) => {
    socket.send(text, to.port, to.host, error => (error ? reject(error) : resolve()));
  });

/** A device may answer often, and for several services; what was wrong is told once for each sender. */
function firstOfEach(replies: readonly Reply[]): readonly Reply[] {
  const good = new Map<string, Reply>();
  for (const reply of replies) {
    const known = good.get(reply.from);
    if (!known || (known.problem && !reply.problem)) good.set(reply.from, reply);
  }
  return [...good.values()];
}

async function askOne({from, server, written, location, problem}: Reply, wholeMs: number): Promise<Asked> {
  const answer: ExternalAddress = location
    ? await externalAddressOf(location, wholeMs)
    : {kind: problem ?? 'no-location'};
  return {from, server, location: written, answer};
}

async function externalAddressOf(location: URL, wholeMs: number): Promise<ExternalAddress> {
  const limits = {...askLimits, wholeMs};
  const page = await askOverHttp({...placeOf(location), method: 'GET', headers: {}, body: ''}, limits);
  if (page.kind !== 'answer') return page;
  if (page.status !== 200) return {kind: 'status', status: page.status};
  const description = readXml(page.body);
  if (typeof description === 'string') return {kind: description};
  const service = wanServiceOf(description);
  if (!service) return {kind: 'no-service'};
  const control = webAddress(service.controlUrl, location);
  if (!control) return {kind: 'bad-control-url'};
  if (control.hostname !== location.hostname) return {kind: 'other-control-host'};
  const headers = {'Content-Type': 'text/xml; charset="utf-8"', SOAPAction: soapAction(service.type)};
  const said = await askOverHttp({...placeOf(control), method: 'POST', headers, body: soapBody(service.type)}, limits);
  return said.kind === 'answer' ? addressIn(said.body) : said;
}

const placeOf = ({hostname, port, pathname, search}: URL) => ({
  host: hostname,
  port: port === '' ? 80 : Number(port),
  path: pathname + search,
});
