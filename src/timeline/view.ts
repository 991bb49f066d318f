import type {ActorName, HostName} from '../model/actor.ts';
import type {Pid} from '../model/brands.ts';
import type {Base64, Call} from '../model/call.ts';
import type {LogEvent, Unmet} from '../model/event.ts';
import type {Outcome} from '../model/outcome.ts';
import type {FileRow, SocketRow, Waiting} from '../model/sockets.ts';
import {type Flows, type Mark, noFlows} from './passport.ts';
import {noPath, type TcpPath} from './tcp-path.ts';

/** What a screen shows of a walk at one moment: everything that the events before it said. */
export interface View {
  /** How many events it rests on. */
  readonly length: number;
  readonly at: number;
  readonly lesson: string | null;
  readonly lanes: readonly Lane[];
  /** The newest calls, oldest first; at most `callsKept`. */
  readonly calls: readonly CallLine[];
  readonly callCount: number;
  /** What Node processes wrote and did, oldest first; as many at most. `seq` says where among the calls. */
  readonly heard: readonly Heard[];
  /** The files of the walk's own folder. */
  readonly files: readonly FileRow[];
  readonly flows: Flows;
  /** Frames that were captured, in the order of the wire; at most `framesKept`, the newest. */
  readonly frames: readonly SeenFrame[];
  /** Null where nothing is captured. */
  readonly wire: WireCount | null;
  /** How the process that holds the network, or captures, ended; null while it lives. */
  readonly networkExit: Lane['exit'];
  /** The states that the TCP sockets were seen in. */
  readonly tcp: TcpPath;
  readonly predictions: Readonly<Record<string, number | null>>;
  /** By step that asked: the order in which its choices were shown, where the log tells it. */
  readonly choices: Readonly<Record<string, readonly number[]>>;
  readonly judgements: Readonly<Record<string, Judgement>>;
}

export type SeenFrame = Extract<LogEvent, {kind: 'frame'}>;

/** Frames since the walk began: those that the kernel captured, had no room for, and that are not in the log. */
export interface WireCount {
  readonly captured: number;
  readonly dropped: number;
  readonly omitted: number;
}

export type Heard = Extract<LogEvent, {kind: 'said' | 'traced'}>;

export interface Lane {
  readonly actor: ActorName;
  readonly pid: Pid;
  /** The machine that it lives on; null where there is only one. */
  readonly host: HostName | null;
  readonly sockets: readonly SocketRow[];
  readonly waiting: WaitingCall | null;
  /** The program that it runs, and that one's pid once it is there. */
  readonly running: Extract<Call, {name: 'run'}> | null;
  readonly program: Pid | null;
  readonly exit: {readonly code: number | null; readonly signal: string | null} | null;
}

export interface WaitingCall {
  readonly call: Call;
  /** Seconds on the walk's clock. */
  readonly since: number;
  /** What the kernel showed of the thread, once it was looked at. */
  readonly seen: Waiting | null;
}

export interface CallLine {
  /** The seq of its call-started. */
  readonly seq: number;
  readonly step: string;
  readonly actor: ActorName;
  readonly call: Call;
  readonly result: Outcome | {readonly kind: 'waiting'} | {readonly kind: 'lost'};
  readonly elapsedUs: number | null;
  /** The seq of the event that ended it; not there while it waits. */
  readonly ended?: number;
  /** For send() and recv(): whose bytes these are. */
  readonly marks: readonly Mark[];
  /** The socket address that went to the kernel or came from it. */
  readonly sockaddr?: Base64;
}

export interface Judgement {
  readonly holds: boolean;
  readonly unmet: readonly Unmet[];
  readonly fulfilled: readonly number[];
}

/** How many calls a view keeps. Older ones are seen by going back. */
export const callsKept = 200;

/** How many frames a view keeps. */
export const framesKept = 1000;

export const emptyView: View = {
  length: 0,
  at: 0,
  lesson: null,
  lanes: [],
  calls: [],
  callCount: 0,
  heard: [],
  files: [],
  frames: [],
  wire: null,
  networkExit: null,
  flows: noFlows,
  tcp: noPath,
  predictions: {},
  choices: {},
  judgements: {},
};
