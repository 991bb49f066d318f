import type {Failed} from '../../model/outcome.ts';
import {errnoName} from '../libc/errno-name.ts';
import {
  joined,
  messageBytes,
  type NetlinkMessage,
  NLMSG_DONE,
  NLMSG_ERROR,
  type Numbered,
  netlinkFlags,
  readMessages,
  readVerdict,
  type Verdict,
} from './netlink-message.ts';
import {KernelRefused, type NetworkCalls, networkCalls} from './network-calls.ts';

/** What the kernel says to a request: `messages` are those that are neither errors nor acknowledgments. */
export type NetlinkAnswer = {readonly kind: 'done'; readonly messages: readonly NetlinkMessage[]} | NetlinkFailure;

export interface NetlinkFailure extends Failed {
  /** The kernel's own words, in English, where it has some: `Unknown device type`. */
  readonly why?: string;
}

export type NetlinkProtocol = 'NETLINK_ROUTE' | 'NETLINK_NETFILTER';

/** A netlink socket. It belongs to the network namespace in which it was opened, wherever its owner goes later. */
export interface Netlink extends Disposable {
  /**
   * Sends messages in one datagram, and reads all answers. NLM_F_REQUEST is set for them. A message with NLM_F_ACK or NLM_F_DUMP is
   * one that has to be answered; the first error there is makes all of it fail.
   */
  request(...messages: readonly NetlinkMessage[]): NetlinkAnswer;
  close(): void;
}

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 0o2000003;
const protocols: Readonly<Record<NetlinkProtocol, number>> = {NETLINK_ROUTE: 0, NETLINK_NETFILTER: 12};
const SOL_NETLINK = 270;
/** An error repeats only the header of what was asked, and says in words what is wrong. Older kernels have neither. */
const wantedOptions = {NETLINK_CAP_ACK: 10, NETLINK_EXT_ACK: 11};

/** man 7 netlink. Throws `KernelRefused` where the kernel has no such socket. */
export function openNetlink(protocol: NetlinkProtocol): Netlink {
  const calls = networkCalls();
  const made = calls.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocols[protocol]);
  if (made.kind === 'failed') throw new KernelRefused(`socket(AF_NETLINK, ${protocol})`, made.errno);
  const fd = made.value;
  for (const option of Object.values(wantedOptions)) calls.setsockopt(fd, SOL_NETLINK, option, Int32Array.of(1));

  let sequence = 0;
  let isOpen = true;
  const close = () => {
    if (isOpen) calls.close(fd);
    isOpen = false;
  };
  return {
    request(...messages) {
      // The number may be another file's by now.
      if (!isOpen) throw new Error('this netlink socket is closed');
      const numbered = messages.map(message => {
        sequence += 1;
        return {...message, sequence, flags: message.flags | netlinkFlags.NLM_F_REQUEST};
      });
      const sent = calls.send(fd, joined(...numbered.map(messageBytes)));
      return sent.kind === 'failed' ? sent : judged(numbered, received(calls, fd));
    },
    close,
    [Symbol.dispose]: close,
  };
}

/** The largest datagram that the kernel makes for a dump is 32 KiB. */
const room = 65536;
/** A namespace of our own has a handful of devices: more than this is no answer to us. */
const mostDatagrams = 1000;

/** All that waits at the socket. The kernel answers within send(), and goes on with a dump within recv(). */
function received(calls: NetworkCalls, fd: number): Numbered[] | Failed {
  const found: Numbered[] = [];
  const bytes = new Uint8Array(room);
  for (let i = 0; i < mostDatagrams; i++) {
    const got = calls.recv(fd, bytes);
    if (got.kind === 'failed') return got.errno === 'EAGAIN' ? found : got;
    found.push(...readMessages(bytes.slice(0, got.value)));
  }
  return found;
}

function judged(asked: readonly Numbered[], answers: ReturnType<typeof received>): NetlinkAnswer {
  if (!Array.isArray(answers)) return answers;
  const known = new Set(asked.map(({sequence}) => sequence));
  const ours = answers.filter(({sequence}) => known.has(sequence));
  const verdicts = new Map<number, Verdict>();
  for (const message of ours.filter(isVerdict)) {
    const verdict = readVerdict(message);
    if (verdict && (verdicts.get(message.sequence)?.code ?? 0) === 0) verdicts.set(message.sequence, verdict);
  }
  const failed = [...verdicts.values()].find(({code}) => code !== 0);
  if (failed) return {kind: 'failed', errno: errnoName(failed.code), ...failed};
  const isAnswered = asked.every(({sequence, flags}) => !needsAnswer(flags) || verdicts.has(sequence));
  return isAnswered ? {kind: 'done', messages: ours.filter(message => !isVerdict(message))} : unanswered;
}

const isVerdict = ({type}: NetlinkMessage): boolean => type === NLMSG_ERROR || type === NLMSG_DONE;
// NLM_F_DUMP is two bits, and a message that changes something has one of them for NLM_F_EXCL: those ask for an ACK here.
const needsAnswer = (set: number): boolean => (set & (netlinkFlags.NLM_F_ACK | netlinkFlags.NLM_F_DUMP)) !== 0;

/** The kernel said nothing, or not what was asked. EPROTO, include/uapi/asm-generic/errno.h. */
export const unanswered: NetlinkFailure = {kind: 'failed', errno: 'EPROTO', code: 71};
