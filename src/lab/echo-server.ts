import type {ServeAct, ServeLook, ServeMode, ServePlace, ServeSetup} from '../model/serve.ts';
import {DatagramEcho} from './datagram-echo.ts';
import type {LookWish} from './echo-protocol.ts';
import {StreamEcho} from './stream-echo.ts';

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

/** Listens. Rejects with Node’s error where the kernel does not allow it. */
export const openEchoServer = (setup: ServeSetup): Promise<EchoServer> =>
  setup.place.kind === 'udp' ? DatagramEcho.open(setup, setup.place) : StreamEcho.open(setup);
