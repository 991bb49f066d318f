import type {Endpoint} from './address.ts';
import type {Pid, Port} from './brands.ts';
import type {Base64} from './call.ts';
import type {Text} from './text.ts';

/** What becomes of the bytes that a client sends: back as they came, with a-z in upper case, a second later, or not at all. */
export type ServeMode = 'echo' | 'upper-case' | 'delayed' | 'silent';

export const serveModes: readonly ServeMode[] = ['echo', 'upper-case', 'delayed', 'silent'];

/** Where a server of ours is. */
export type ServePlace =
  | {readonly kind: 'tcp' | 'udp'; readonly host: string; readonly port: Port}
  | {readonly kind: 'unix'; readonly path: string};

/** What one client may do; null: as much as it likes. */
export interface ServeLimits {
  /** At one time. */
  readonly clients: number;
  /** At one time from one IP address. */
  readonly perAddress: number | null;
  /** Bytes that one client sends in all. */
  readonly bytes: number | null;
  /** Seconds without a byte in either direction. */
  readonly idle: number | null;
  /** Bytes from one newline to the next. */
  readonly line: number | null;
  /** UDP: datagrams from one client in a second. */
  readonly rate: number | null;
}

export type ServeLimit = keyof ServeLimits;

/** What the server is told once, when it starts. */
export interface ServeSetup {
  readonly place: ServePlace;
  /** What a client is sent on connecting; may be empty. */
  readonly greeting: Uint8Array;
  readonly limits: ServeLimits;
  /** Whether the stretches of bytes that arrive are told as events. */
  readonly tellsBytes: boolean;
  readonly page: PageWords;
}

/** What a browser is shown, with places `{name}` for what the server knows: HTML, and plain text for those who want none. */
export interface PageWords {
  readonly html: Text;
  readonly text: Text;
  /** As it may be shown. */
  readonly greeting: string;
  /** In the place of an address, where a client has none. */
  readonly unnamed: Text;
  /** For a browser that asks for neither language. */
  readonly usual: keyof Text;
}

/** How a client’s connection ended. */
export type ClientEnd =
  /** Both sides were done. */
  | 'closed'
  /** The client sent RST (ECONNRESET), or had gone when we sent. */
  | 'reset-by-client'
  /** Reset here, by whoever watches. */
  | 'reset-here'
  /** A limit was passed. */
  | 'limited'
  /** The server stopped. */
  | 'stopped'
  /** A UDP address that was silent for too long, or the longest when too many were known. */
  | 'forgotten';

/** A protocol that is recognized by its first bytes. */
export type Spoken = 'http' | 'tls';

/** One client as the server knows it. Times are seconds since the server began. */
export interface ServedClient {
  readonly id: number;
  /** Null where it has no address (Unix sockets), or had gone before it could be asked. */
  readonly from: Endpoint | null;
  /** Its descriptor in the server; null where it has none of its own. */
  readonly fd: number | null;
  readonly since: number;
  readonly until: number | null;
  readonly bytesIn: number;
  /** Bytes that the kernel has taken over to send. */
  readonly bytesOut: number;
  /** In how many stretches (datagrams, for UDP) its bytes came. */
  readonly chunks: number;
  /** Bytes for it that wait in the server, since the kernel’s send buffer is full. */
  readonly unsent: number;
  /** Whoever watches has stopped reading from it. */
  readonly isPaused: boolean;
  /** Since when its answers do not leave the server, so that nothing more is read; null when they do. */
  readonly heldSince: number | null;
  /** Its FIN has come: it sends no more. */
  readonly hasEnded: boolean;
  /** Ours has been asked for: it is sent no more. */
  readonly isEnded: boolean;
  readonly speaks: Spoken | null;
  /** The newest bytes that came. */
  readonly tail: Uint8Array;
  readonly end: ClientEnd | null;
  /** The kernel’s name for what ended it, where that was an error. */
  readonly errno: string | null;
}

/** A client that was opened: more of its bytes. */
export interface ClientDetail {
  readonly client: ServedClient;
  /** The newest bytes in each direction. */
  readonly received: Uint8Array;
  readonly sent: Uint8Array;
}

export interface ServeTotals {
  readonly mode: ServeMode;
  /** Clients that are connected, and that ever were. */
  readonly open: number;
  readonly all: number;
  /** Clients that found no room. */
  readonly turnedAway: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** UDP: datagrams that were not answered, for want of room, for a limit, or for a reason of `WhyUnanswered`. */
  readonly unanswered: number;
}

/** What somebody who watches does to one client. */
export type ServeAct =
  | {readonly kind: 'pause' | 'resume' | 'half-close' | 'reset'}
  | {readonly kind: 'send'; readonly data: Uint8Array};

/** Why a datagram is not answered: a service that answers in turn, this server’s own address, no byte to send back. */
export type WhyUnanswered = 'service' | 'itself' | 'empty';

/** What happened. `client` counts from 1 in the order of connecting, `greeting` in bytes. */
export type ServeHappening =
  | {readonly kind: 'listening'; readonly place: ServePlace; readonly pid: Pid; readonly greeting: number}
  | {readonly kind: 'connected'; readonly client: number; readonly from: Endpoint | null}
  | {
      readonly kind: 'turned-away';
      readonly from: Endpoint | null;
      readonly limit: Extract<ServeLimit, 'clients' | 'perAddress'>;
      readonly value: number;
    }
  /** `data`: the first of the `bytes`. */
  | {readonly kind: 'received'; readonly client: number; readonly bytes: number; readonly data: Base64}
  /** More stretches, which came too fast to be told one by one: how many, and how many bytes in all. */
  | {readonly kind: 'received-more'; readonly client: number; readonly chunks: number; readonly bytes: number}
  /** `line`: the request line of HTTP. */
  | {readonly kind: 'recognized'; readonly client: number; readonly as: Spoken; readonly line: Base64}
  | {readonly kind: 'client-ended'; readonly client: number}
  /** UDP: told once of each client and reason. */
  | {readonly kind: 'unanswered'; readonly client: number; readonly why: WhyUnanswered}
  | {readonly kind: 'not-reading'; readonly client: number; readonly unsent: number}
  | {
      readonly kind: 'limited';
      readonly client: number;
      readonly limit: Exclude<ServeLimit, 'clients' | 'perAddress'>;
      readonly value: number;
    }
  | {readonly kind: 'acted'; readonly client: number; readonly act: ServeAct['kind']; readonly bytes: number}
  | {readonly kind: 'mode-changed'; readonly mode: ServeMode}
  | {
      readonly kind: 'closed';
      readonly client: number;
      readonly end: ClientEnd;
      readonly errno: string | null;
      readonly bytesIn: number;
      readonly bytesOut: number;
    }
  | {readonly kind: 'stopping'; readonly open: number}
  /** `unanswered`: datagrams in all. */
  | {readonly kind: 'stopped'; readonly unanswered: number};

/** An event: `seq` counts from 0 without gaps, `at` is seconds since the server began. */
export type ServeEvent = {readonly seq: number; readonly at: number} & ServeHappening;

/** Written in place of events that came faster than they could be written: so many, the first of which would have had this `seq`. */
export interface DroppedEvents {
  readonly seq: number;
  readonly at: number;
  readonly kind: 'dropped';
  readonly count: number;
}

/** Clients side by side: a part of all that are known, those that have just gone included. */
export interface ClientPage {
  readonly total: number;
  /** Index of the first one shown. */
  readonly top: number;
  /** Index of the one under the cursor; null when there is none. */
  readonly at: number | null;
  readonly clients: readonly ServedClient[];
}

/** What can be seen of the server at one moment. */
export interface ServeLook {
  readonly at: number;
  readonly totals: ServeTotals;
  readonly page: ClientPage;
  /** The one that was asked for; null when it is not known (any more). */
  readonly detail: ClientDetail | null;
  readonly events: readonly ServeEvent[];
  /** Events before those that nobody has asked for in time: the server keeps a bounded number. */
  readonly dropped: number;
}
