import {type ActorName, type HostName, type Side, usualActors} from './actor.ts';
import type {Arguments, CallName, CallOf, PollEvent} from './call.ts';
import type {Errno} from './errno.ts';
import type {FilterRuleOf} from './filter.ts';
import {bytesOfText} from './payload.ts';
import type {SocketProtocol, SocketState} from './sockets.ts';
import type {Text} from './text.ts';
import type {RecordedTraces} from './traced.ts';
import type {TcpFlag} from './wire.ts';

/** A lesson's own name for a socket; the kernel's numbers are found when it runs. */
export type SocketName = string;

/** A file in the folder that the walk makes for itself and removes. */
export type FileName = string;

/** In text, listings and payloads, `{port}` stands for the server's port in this run; a practice router is such a server too. */
export const portPlace = '{port}';

/** The sockets of the practice router, for lessons in which it takes part. */
export const routerSockets = {search: 'router-search', web: 'router-web'} as const;

/** The server's port, another number (0: the kernel chooses), or the port that a socket of the lesson has or last had. */
export type PortName = 'server' | number | {readonly of: SocketName};

/**
 * An address in a lesson. `server` is 127.0.0.1 and the port that the learner chose. The family follows from the host:
 * a colon makes it AF_INET6.
 */
export type Where =
  | 'server'
  | {readonly host: string; readonly port: PortName}
  | {readonly path: FileName}
  /** Where a socket of the lesson is bound. */
  | {readonly of: SocketName};

/** Bytes of a lesson. */
export type Payload =
  /** In UTF-8. `{port}` in it is the server's port, `{port of NAME}` that of a socket of the lesson. */
  | {readonly kind: 'text'; readonly text: string}
  /** `e3 81 93`, spaces as wanted. */
  | {readonly kind: 'hex'; readonly hex: string}
  /** One byte, so many times. */
  | {readonly kind: 'fill'; readonly byte: number; readonly count: number}
  /** Bytes `from` to before `to` of another. */
  | {readonly kind: 'part'; readonly of: Payload; readonly from: number; readonly to: number}
  | {readonly kind: 'join'; readonly parts: readonly Payload[]}
  /** What the learner typed. */
  | {readonly kind: 'message'}
  /** All that the calls of an earlier step received, in order. */
  | {readonly kind: 'received'; readonly step: string};

/** A lesson's own names. */
export interface LessonArguments extends Arguments {
  readonly fd: SocketName;
  readonly address: Where;
  readonly data: Payload;
  /** An actor, or the program that it runs. */
  readonly pid: ActorName | {readonly program: ActorName};
  readonly path: FileName;
  /** An account without privileges: the actor's own, or nobody's (65534) where the actor is root. */
  readonly uid: 'unprivileged';
  readonly rule: FilterRuleOf<PortName>;
}

export type LessonCall = CallOf<LessonArguments>;

/** What a call should do. `waits`: it has not returned, and the kernel shows its thread asleep. */
export type OutcomeClaim =
  | {readonly kind: 'returns'; readonly value: number}
  /** At least `least`, and less than `below` where that is given. */
  | {readonly kind: 'returns-from'; readonly least: number; readonly below?: number}
  | {readonly kind: 'returns-descriptor'}
  | {readonly kind: 'returns-bytes'; readonly bytes: Payload}
  /** accept(), recvfrom(), getsockname() and getpeername(): the address that they wrote. */
  | ({readonly kind: 'returns-address'} & EndClaim)
  /** getsockopt(): the value that it wrote. */
  | {readonly kind: 'returns-option'; readonly value: number | {readonly least: number}}
  /** getsockopt() with SO_PEERCRED: the pid is this actor's. */
  | {readonly kind: 'returns-credentials'; readonly of: ActorName}
  /** poll(): just these sockets are ready, with at least these events. */
  | {readonly kind: 'returns-ready'; readonly ready: Readonly<Record<SocketName, readonly PollEvent[]>>}
  /** getaddrinfo(): at least one of these hosts is among what it found. */
  | {readonly kind: 'returns-hosts'; readonly oneOf: readonly string[]}
  /** recv() and recvfrom(): these bytes are among those that came. */
  | {readonly kind: 'returns-part'; readonly bytes: Payload}
  /** getifaddrs(): the first IPv4 address that it found, some address, or none, is like this. */
  | {
      readonly kind: 'returns-interface';
      readonly which: 'first' | 'some' | 'none';
      readonly host?: string;
      readonly internal?: boolean;
    }
  | {readonly kind: 'fails'; readonly errno: Errno}
  /** evaluate: it gave this value, as util.inspect() writes it; without one, any. */
  | {readonly kind: 'evaluates'; readonly value?: string}
  /** evaluate: it threw, and name, code and message of the error contain this. */
  | {readonly kind: 'throws'; readonly error: string}
  /** run: the program has ended. */
  | {readonly kind: 'ends'; readonly code: number}
  | {readonly kind: 'ends'; readonly signal: string}
  | {readonly kind: 'waits'}
  /** It never returns: the process has ended. */
  | {readonly kind: 'lost'};

/** One end of a connection. What is left out may be anything. `another`: neither none nor the server's. */
export interface EndClaim {
  readonly host?: string;
  readonly port?: PortClaim;
}
export type PortClaim = 'server' | 'another' | 'none' | number | {readonly of: SocketName};

/** A number, as many bytes as a payload has, or at least so many, and fewer than `below` where that is given. */
export type Count = number | Payload | {readonly least: number; readonly below?: number};

/** What the kernel should show of a socket. Queue counts are bytes. */
export type SocketClaim =
  | {
      readonly kind: 'listed';
      readonly socket: SocketName;
      readonly state: SocketState;
      readonly protocol?: SocketProtocol;
      readonly recvQueue?: Count;
      readonly sendQueue?: Count;
      /** Of TCP_INFO: how often the oldest segment was sent again when its timer ran out, and how many segments nobody has acknowledged. */
      readonly retransmits?: Count;
      readonly unacked?: Count;
      readonly local?: EndClaim;
      readonly remote?: EndClaim;
    }
  | {readonly kind: 'unlisted'; readonly socket: SocketName; readonly state: SocketState}
  | {readonly kind: 'gone'; readonly socket: SocketName}
  /** Connections that nobody has accepted, at this listener; `state` and `bytes` (in their receive queues) of each of them. */
  | {
      readonly kind: 'accept-queue';
      readonly listener: SocketName;
      readonly connections: number;
      readonly state?: SocketState;
      readonly bytes?: Count;
    }
  | {readonly kind: 'local-port'; readonly socket: SocketName; readonly is: PortClaim}
  /** So many sockets of the actor, named or not, are in this state, or in any, and have these ends. */
  | {
      readonly kind: 'rows';
      readonly actor: ActorName;
      readonly state?: SocketState;
      readonly protocol?: SocketProtocol;
      readonly local?: EndClaim;
      readonly count: number;
    }
  /** A file in the walk's folder, and its mode as ls -l writes it or how that begins (`s`: a socket); null: it is not there. */
  | {readonly kind: 'file'; readonly name: FileName; readonly mode: string | null};

/** How long calls took, in milliseconds on the actor's clock: the fastest of this step's calls of that name by that actor. */
export interface TimeClaim {
  readonly actor: ActorName;
  readonly call: CallName;
  readonly leastMs?: number;
  readonly belowMs?: number;
}

/** How a program makes text of the chunks that it receives: each by itself, or all with one decoder that remembers what is incomplete. */
export type Decoding = 'each-alone' | 'one-decoder';

/** The text that comes out of what the recv() calls of these steps received. U+FFFD stands for bytes that are no UTF-8. */
export interface TextClaim {
  readonly of: readonly string[];
  readonly how: Decoding;
  readonly is: string;
}

/** What a Node process wrote since the step began. `never`: it did not write this. */
export interface SaysClaim {
  readonly actor: ActorName;
  readonly text: string;
  readonly never?: true;
}

/**
 * System calls on sockets that a Node process made since the step began, in this order, others between them or not.
 * `only`: these and no others. `bytes`: by name, what all calls of it returned adds up to. How often it was called to get
 * there is left open, but not whether all of it has happened.
 */
export interface TracedClaim {
  readonly actor: ActorName;
  readonly calls: readonly TracedCallClaim[];
  readonly only?: true;
  readonly bytes?: Readonly<Record<string, number>>;
}
/** A name, with a word that is among the arguments (`511`, `SO_REUSEADDR`), a result or an errno where that matters. */
export interface TracedCallClaim {
  readonly name: string;
  readonly with?: string;
  readonly result?: number;
  readonly errno?: Errno;
}

/**
 * One frame. What is left out may be anything. `from` is the side that sent it: the server's, which has the server's port, or a
 * client's.
 */
export interface FrameClaim {
  /** `tcp` without this. */
  readonly protocol?: 'tcp' | 'udp' | 'icmp' | 'arp';
  readonly from?: 'server' | 'client';
  /** Just these flags of TCP. */
  readonly flags?: readonly TcpFlag[];
  /** Bytes of data. */
  readonly length?: Count;
  /** Of TCP, as in the header: not scaled. */
  readonly window?: Count;
  /** Of TCP, counted from the SYN's number, which is 0 then: what a ladder shows. */
  readonly sequence?: Count;
  readonly acknowledgment?: Count;
  /** The sequence number as it stands in the header. */
  readonly sequenceInHeader?: Count;
  /** Of TCP: the sequence number and the length are those of an earlier frame in the same direction, or they are not. */
  readonly isAgain?: boolean;
  /** It passed while a call of this name had not returned, or (null) while none had. */
  readonly during?: CallName | null;
  /** Milliseconds after the frame that the claim before this one is about. */
  readonly afterMs?: {readonly least?: number; readonly below?: number};
  /** No other frame passed between that one and this. */
  readonly isNext?: true;
  /** Where it was captured. */
  readonly host?: HostName;
  readonly device?: string;
  /** The addresses in its header; of ARP those of who asks and who is asked for, or who answers and who is told. */
  readonly source?: EndClaim;
  readonly destination?: EndClaim;
  readonly ttl?: number;
}

/** What passed on the wire since the step began. Where nothing is captured, it claims nothing. */
export interface FramesClaim {
  /** These, in this order, others between them or not. */
  readonly frames: readonly FrameClaim[];
  /** These and no others: with `frames: []` nothing passes. */
  readonly only?: true;
  /** Of these there is none. */
  readonly never?: readonly FrameClaim[];
  /** Of frames like this there are at least `least`, and fewer than `below` where that is given. */
  readonly count?: {readonly of: FrameClaim; readonly least: number; readonly below?: number};
}

/** What a lesson says of the kernel after one step. */
export interface Claim {
  /** Of the step's last call; those before it must not fail, unless they say otherwise themselves. */
  readonly outcome?: OutcomeClaim;
  /** An earlier call that was waiting and returns because of this one: the last call of that step, or its last of this name. */
  readonly completes?: {readonly step: string; readonly call?: CallName; readonly outcome: OutcomeClaim};
  readonly sockets?: readonly SocketClaim[];
  readonly says?: readonly SaysClaim[];
  readonly traced?: readonly TracedClaim[];
  readonly wire?: FramesClaim;
  readonly takes?: TimeClaim;
  readonly texts?: readonly TextClaim[];
}

/** A choice is a claim too: the right one is the one that the kernel fulfils. */
export interface Choice {
  readonly text: Text;
  readonly claim: Claim;
  /** Shown when this was chosen and the kernel did otherwise. */
  readonly because?: Text;
}

export interface Prediction {
  readonly question: Text;
  readonly choices: readonly Choice[];
  /** Which belief a wrong answer shows; a key of some lesson's `beliefs`. */
  readonly belief: string;
}

/** One call of one actor. */
export interface Act {
  readonly actor: ActorName;
  readonly call: LessonCall;
  /** The name of the socket that this call makes. */
  readonly creates?: SocketName;
  /** Makes the call again until it does this, at most so many times. */
  readonly repeat?: {readonly until: OutcomeClaim; readonly most: number};
  /** In `also` and before it: what this call does, where that is not simply to work. */
  readonly does?: OutcomeClaim;
  /** The call is held back until the kernel shows this, for as long as the step has patience. */
  readonly once?: SocketClaim;
}

/** What a machine may lack. A step that needs it is left out there, and that is said. */
export type Need =
  | 'ipv6'
  | 'privileged-ports'
  | 'unprivileged-account'
  /** Frames are captured. */
  | 'capture'
  /** The actors live in a private network. */
  | 'private-network'
  /** In it, rules of the packet filter (nftables) can be set. */
  | 'packet-filter';

/** What the panel shows when a learner comes to a step. */
export type PaneName = 'flow' | 'calls' | 'c' | 'node' | 'bytes' | 'kernel' | 'wire' | 'picture';

export type PictureName = 'tcp-states' | 'layers' | 'hosts';

export interface Step extends Act {
  readonly id: string;
  /** Calls made right after it, without waiting for a key; each begins when the one before it has returned or sleeps. */
  readonly also?: readonly Act[];
  /** The learner puts the step's calls in order; they lie about in this one first, as indexes of `actsOf`. Any order that works is right. */
  readonly arrange?: {readonly start: readonly number[]};
  readonly before: Text;
  readonly after: Text;
  readonly expect: Claim;
  readonly predict?: Prediction;
  readonly hint?: Text;
  /** The same in Node, where the lesson has no programs of its own. */
  readonly node?: Listing;
  readonly shows?: PaneName;
  readonly needs?: readonly Need[];
  /** How long the kernel may take to do what is claimed, in milliseconds, where its timers take longer than the 10 s that it usually has. */
  readonly patienceMs?: number;
  /**
   * The kernel forgets what this step is about so many seconds after that step: TIME_WAIT and an orphan's FIN_WAIT2 last 60. Or
   * its timer has grown so long by then that nobody would wait for it: a retransmission's doubles each time.
   * A learner who reads longer gets there again on fresh sockets.
   */
  readonly expires?: {readonly after: string; readonly seconds: number};
  /** Man page and RFC sections. */
  readonly sources: readonly string[];
}

/** Source text; a line that ends in `//@ STEP …` is the one that makes the calls of those steps. */
export type Listing = string;

/** A small lesson of its own that asks about one belief in another setting. */
export interface Review {
  readonly id: string;
  readonly belief: string;
  readonly actors?: readonly ActorName[];
  readonly nodeActors?: readonly ActorName[];
  /** One of them asks; those before it set the scene, those after it clear it away. */
  readonly steps: readonly Step[];
}

export interface Lesson {
  readonly id: string;
  readonly title: Text;
  /** One sentence for the list. */
  readonly about: Text;
  readonly minutes: number;
  /** Who takes part, where that is not one server and one client. */
  readonly actors?: readonly ActorName[];
  /** Those of them that are Node processes, and evaluate statements instead of making calls. */
  readonly nodeActors?: readonly ActorName[];
  /**
   * Where its actors live unless the learner wishes otherwise: on this machine; in a private network of one machine; or in one of
   * three, home, router and internet. Without this, in a private network unless a port of this machine is named.
   */
  readonly network?: 'host' | 'private' | 'home';
  /** One of its servers listens on all addresses: outside a private network other machines can reach it, and that is said first. */
  readonly listensOnAllAddresses?: true;
  /** In a network of several machines: which of them an actor lives on, where it is not the first. */
  readonly hosts?: Readonly<Partial<Record<ActorName, HostName>>>;
  /** Programs in the walk's folder, for `run`. Lines are tagged with the steps that are about them. */
  readonly files?: Readonly<Record<FileName, Listing>>;
  /** What strace saw when the lesson was recorded: shown, and said to be a recording and of which Node, where there is no strace. */
  readonly traces?: RecordedTraces;
  /** The same programs in C and for Node, by side; without them C is written from the calls, and Node from the steps. */
  readonly programs?: {readonly c: Record<Side, Listing>; readonly node: Record<Side, Listing>};
  readonly picture?: PictureName;
  /** What learners are known to believe wrongly, each as one sentence that a learner might say. Keys are unique among all lessons. */
  readonly beliefs: Readonly<Record<string, Text>>;
  readonly steps: readonly Step[];
  /** Shown at the end. */
  readonly summary: Text;
  readonly review: readonly Review[];
  /** The message that is sent where the learner types none; only in lessons that send one. */
  readonly message?: Text;
  /** After this step the learner may go through the steps from `from` on once more. */
  readonly again?: {readonly after: string; readonly from: string};
}

/** Whether the learner commits to something before this step. */
export const asks = (step: Step): boolean => step.predict !== undefined || step.arrange !== undefined;

/** All calls of a step, in order. */
export const actsOf = (step: Step): readonly Act[] => [step, ...(step.also ?? [])];

/** The bytes that a step looks for among those that it receives; null where it does not. */
export function partSought({expect: {outcome}}: Step, serverPort: number): Uint8Array | null {
  if (outcome?.kind !== 'returns-part' || outcome.bytes.kind !== 'text') return null;
  return bytesOfText(outcome.bytes.text.replaceAll(portPlace, String(serverPort)));
}

/** The sockets that a call is about. */
export function socketsOf(call: LessonCall): readonly SocketName[] {
  if (call.name === 'poll') return call.fds.map(({fd}) => fd);
  return 'fd' in call ? [call.fd] : [];
}

/** Whether a lesson makes files, and so needs a folder of its own. */
export const hasFiles = ({steps}: Pick<Lesson, 'steps'>): boolean =>
  steps.flatMap(actsOf).some(({call}) => isAboutFile(call));

/** Whether one of the actors is a server, whose port the learner may choose. */
export const hasServer = ({actors = usualActors}: Pick<Lesson, 'actors'>): boolean =>
  actors.includes('server') || actors.includes('server-2');
/** Whether a lesson needs a folder, for socket files or for programs. */
export const needsFolder = (lesson: Pick<Lesson, 'steps' | 'nodeActors' | 'files'>): boolean =>
  lesson.nodeActors !== undefined || lesson.files !== undefined || hasFiles(lesson);

const isAboutFile = (call: LessonCall): boolean =>
  'path' in call || ('address' in call && typeof call.address === 'object' && 'path' in call.address);
