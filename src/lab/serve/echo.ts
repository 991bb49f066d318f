import type {ServeAct, ServeLook, ServeMode, ServePlace} from '../../model/serve.ts';
import type {LookWish} from './echo-protocol.ts';

/** A server that echoes, and can be looked at meanwhile. */
export interface EchoServer {
  readonly place: ServePlace;
  look(wish: LookWish): ServeLook;
  /** Calls back once when there is an event with this number. */
  onEvent(seq: number, there: () => void): void;
  /** False where it cannot be done. */
  act(client: number, act: ServeAct): boolean;
  setMode(mode: ServeMode): void;
  /** No new clients; what is on its way is answered; then every connection is closed. Within two seconds. */
  stop(): Promise<void>;
  /** Removes what would be left behind by a process that ends at once. */
  abandon(): void;
}
