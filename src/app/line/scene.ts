import type {ActorName} from '../../model/actor.ts';
import type {Fd, Port} from '../../model/brands.ts';
import type {SocketRow} from '../../model/sockets.ts';

/** What a line may leave out is taken from here. */
export interface Scene {
  /** Whose call it is where the line does not say. */
  readonly actor: ActorName;
  readonly actors: readonly ActorName[];
  readonly sockets: readonly SocketRow[];
  readonly serverPort: Port;
  readonly taken: Taken;
  /** Where socket files are; null where there are none. */
  readonly folder: string | null;
  /** Descriptors that have names of their own in a script. */
  readonly labels: Labels;
}

/** Descriptors that the processes themselves live by: a call on one of them is not made. */
export type Taken = Readonly<Partial<Record<ActorName, readonly Fd[]>>>;

/** By actor, what a script calls a descriptor: a word, or the number that it had when the script was saved. */
export type Labels = Readonly<Partial<Record<ActorName, ReadonlyMap<string, Fd>>>>;
