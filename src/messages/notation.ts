import {type Address, endpointOf, endpointText} from '../model/address.ts';
import {
  type Arguments,
  type Base64,
  type Call,
  type CallArguments,
  type CallOf,
  type CallTable,
  inTable,
  type Translation,
  translated,
} from '../model/call.ts';
import {
  type LessonArguments,
  type LessonCall,
  type Payload,
  type PortName,
  portPlace,
  type Where,
} from '../model/lesson.ts';
import type {Interface, Outcome, Returned} from '../model/outcome.ts';
import {bytesOfText, fromBase64} from '../model/payload.ts';
import {flagsText, octal, optionRead, optionText, statusText, typeText} from './argument-text.ts';
import {flushText, ruleText} from './filter-rule.ts';
import {harmless, harmlessText} from './harmless.ts';

/** How calls are written down: as strace does, with send and recv by their libc names. The same in both languages. */

/** More characters of a payload than this are cut, as strace does. */
const payloadShown = 32;

/** As many bytes as are ever shown, and some more: of megabytes nobody needs the rest decoded. */
const beginningOf = (data: Base64): Uint8Array => fromBase64(data.slice(0, 8 * payloadShown));

type Shown = Outcome | {readonly kind: 'waiting'} | {readonly kind: 'lost'};

export const callText = (call: Call, result?: Shown, ascii = false): string =>
  notation<CallArguments>(
    call,
    {
      fd: String,
      address: address => endpointText(endpointOf(address)),
      data: data => quoted(beginningOf(data), ascii),
      path: path => `"${path}"`,
      pid: String,
      uid: String,
      rule: rule => (rule ? ruleText(rule, String) : flushText),
    },
    ascii,
    result,
  );

/** A call that is still to come, with the lesson's names in place of numbers. */
export const lessonCallText = (call: LessonCall, message: string, ascii = false): string =>
  notation<LessonArguments>(
    call,
    {
      fd: name => name,
      address: whereText,
      data: payload => payloadText(payload, message, ascii),
      path: path => `"${path}"`,
      pid: who => (typeof who === 'string' ? who : `${who.program}'s program`),
      uid: who => who,
      rule: rule => (rule ? ruleText(rule, portName) : flushText),
    },
    ascii,
  );

function whereText(where: Where): string {
  if (where === 'server') return `127.0.0.1:${portPlace}`;
  if ('path' in where) return `"${where.path}"`;
  if ('of' in where) return where.of;
  const host = where.host.includes(':') ? `[${where.host}]` : where.host;
  return `${host}:${portName(where.port)}`;
}

const portName = (port: PortName): string =>
  port === 'server' ? portPlace : typeof port === 'number' ? String(port) : port.of;

function payloadText(payload: Payload, message: string, ascii: boolean): string {
  switch (payload.kind) {
    case 'text':
      return quoted(bytesOfText(payload.text), ascii);
    case 'hex':
      return quoted(new Uint8Array(Buffer.from(payload.hex.replaceAll(' ', ''), 'hex')), ascii);
    case 'message':
      return quoted(bytesOfText(message), ascii);
    case 'fill':
      return `buffer, ${payload.count}`;
    case 'join':
      return payload.parts.map(part => payloadText(part, message, ascii)).join(' + ');
    case 'part':
    case 'received':
      return 'buffer';
  }
}

function notation<A extends Arguments>(
  call: CallOf<A>,
  write: Translation<A, Written>,
  ascii: boolean,
  result?: Shown,
): string {
  const returned = result?.kind === 'returned' ? result : null;
  const from = returned?.address ? `, ${writtenAddress(returned.address)}` : '';
  return inTable(inCalls, translated(call, write), {returned, from, ascii});
}

/** All that stands for something is written already. */
interface Written extends Arguments {
  readonly fd: string;
  readonly address: string;
  readonly data: string;
  readonly path: string;
  readonly pid: string;
  readonly uid: string;
  readonly rule: string;
}

interface Around {
  readonly returned: Returned | null;
  /** The address that the kernel wrote. */
  readonly from: string;
  readonly ascii: boolean;
}

/** How each call is written, with what it returned through its pointers. */
const inCalls: CallTable<Written, string, [Around]> = {
  socket: call => `socket(${call.domain}, ${typeText(call)}, ${call.protocol})`,
  socketpair: (call, {returned}) => {
    const made = returned?.fds ? `, [${returned.fds.join(', ')}]` : '';
    return `socketpair(${call.domain}, ${typeText(call)}, ${call.protocol}${made})`;
  },
  bind: call => `bind(${call.fd}, ${call.address})`,
  connect: call => `connect(${call.fd}, ${call.address})`,
  listen: call => `listen(${call.fd}, ${call.backlog})`,
  accept: (call, {from}) => `accept(${call.fd}${from})`,
  getsockname: (call, {from}) => `getsockname(${call.fd}${from})`,
  getpeername: (call, {from}) => `getpeername(${call.fd}${from})`,
  accept4: (call, {from}) => `accept4(${call.fd}${from}, ${call.flags.join('|') || 0})`,
  send: call => `send(${call.fd}, ${call.data}, ${flagsText(call.flags)})`,
  sendto: call => `sendto(${call.fd}, ${call.data}, ${flagsText(call.flags)}, ${call.address})`,
  recv: (call, around) => `recv(${call.fd}, ${received(call, around)})`,
  recvfrom: (call, around) => `recvfrom(${call.fd}, ${received(call, around)})`,
  shutdown: call => `shutdown(${call.fd}, ${call.how})`,
  close: call => `close(${call.fd})`,
  setsockopt: call => `setsockopt(${call.fd}, ${call.level}, ${call.option}, ${optionText(call.value)})`,
  getsockopt: (call, {returned}) => `getsockopt(${call.fd}, ${call.level}, ${call.option}${optionRead(returned)})`,
  fcntl: call => `fcntl(${call.fd}, ${call.command}${call.command === 'F_SETFL' ? `, ${call.value}` : ''})`,
  poll: (call, {returned}) => {
    const asked = call.fds.map(({fd, events}) => `{${fd} ${events.join('|')}}`).join(', ');
    return `poll([${asked}], ${call.timeout})${
      returned?.ready
        ? readyText(
            call.fds.map(({fd}) => fd),
            returned.ready,
          )
        : ''
    }`;
  },
  getaddrinfo: (call, {returned}) => {
    const found = returned?.addresses?.map(address => endpointText(endpointOf(address)).replace(/:0$/, '')) ?? [];
    return `getaddrinfo("${call.host}"${found.length > 0 ? `, {${found.join(', ')}}` : ''})`;
  },
  getifaddrs: (_, {returned}) => `getifaddrs(${returned?.interfaces ? interfacesText(returned.interfaces) : ''})`,
  unlink: call => `unlink(${call.path})`,
  chmod: call => `chmod(${call.path}, ${octal(call.mode)})`,
  seteuid: call => `seteuid(${call.uid})`,
  kill: call => `kill(${call.pid}, ${call.signal})`,
  evaluate: (call, {ascii}) => plainLine(call.code, ascii),
  nft: call => `${call.host === 'here' ? '' : `${call.host}: `}nft ${call.rule}`,
  run: (call, {ascii}) => `node ${call.args.map(arg => plainLine(arg, ascii)).join(' ')}`,
};

function received({length, flags}: {length: number; flags: number}, {from, returned, ascii}: Around): string {
  const data = returned?.data === undefined ? 'buffer' : quoted(beginningOf(returned.data), ascii);
  return `${data}, ${length}, ${flagsText(flags)}${from}`;
}

/** ` 19 POLLIN`, for those that are ready. */
function readyText(fds: readonly string[], ready: readonly (readonly string[])[]): string {
  const words = fds.flatMap((fd, i) => (ready[i]?.length ? [`${fd} ${ready[i]?.join('|')}`] : []));
  return words.length === 0 ? '' : ` {${words.join(', ')}}`;
}

/** More addresses than this are cut. */
const interfacesShown = 4;

/** `{lo 127.0.0.1, eth0 192.168.1.10}`, in the order in which they were found. */
function interfacesText(interfaces: readonly Interface[]): string {
  const shown = interfaces
    .slice(0, interfacesShown)
    .map(({name, host}) => `${harmlessText(bytesOfText(name))} ${host}`);
  return `{${[...shown, ...(interfaces.length > interfacesShown ? ['...'] : [])].join(', ')}}`;
}

/** What the kernel wrote through a pointer is in braces. */
const writtenAddress = (address: Address): string => `{${endpointText(endpointOf(address))}}`;

/** As strace writes a buffer, cut where it is long. Nothing in it steers a terminal. */
export function quoted(bytes: Uint8Array, ascii: boolean): string {
  // One character more than is shown, each of at most four bytes: what comes after need not be looked at.
  const pieces = harmless(bytes.subarray(0, 4 * (payloadShown + 1)), ascii);
  const shown = pieces.slice(0, payloadShown).map(piece => (piece.text === '"' ? '\\"' : piece.text));
  return `"${shown.join('')}"${pieces.length > payloadShown ? '...' : ''}`;
}

/** What a process wrote, or was told, as one line that steers no terminal. Backslashes are not doubled: it is source text. */
export const plainLine = (text: string, ascii: boolean): string =>
  text
    .split('\\')
    .map(part => harmlessText(bytesOfText(part), ascii))
    .join('\\');

/** `= 19`, `= -1 ECONNREFUSED`, `exit 1`, and nothing for a call that has not returned. */
export function resultText(result: Shown, ascii = false, call?: Call): string {
  switch (result.kind) {
    case 'returned':
      return `= ${call?.name === 'fcntl' && call.command === 'F_GETFL' ? statusText(result.value) : result.value}`;
    case 'failed':
      return `= -1 ${result.errno}`;
    case 'evaluated':
      return result.text === 'undefined' ? '' : `${ascii ? '->' : '→'} ${plainLine(result.text, ascii)}`;
    case 'threw':
      return `throws ${plainLine(result.error, ascii)}`;
    case 'ended':
      return result.signal === null ? `exit ${result.code}` : `ended by ${plainLine(result.signal, ascii)}`;
    case 'waiting':
      return '';
    case 'lost':
      return '= ?';
  }
}

/** 9 us, 1.2 ms, 3.4 s. */
export function durationText(us: number): string {
  if (us < 1000) return `${Math.round(us)} us`;
  if (us < 1_000_000) return `${(us / 1000).toFixed(1)} ms`;
  return `${(us / 1_000_000).toFixed(1)} s`;
}
