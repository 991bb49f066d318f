import type {ServeSetup} from '../../model/serve.ts';
import {DatagramEcho} from './datagram-echo.ts';
import type {EchoServer} from './echo.ts';
import {StreamEcho} from './stream-echo.ts';

/** Listens. Rejects with Node’s error where the kernel does not allow it. */
export const openEchoServer = (setup: ServeSetup): Promise<EchoServer> =>
  setup.place.kind === 'udp' ? DatagramEcho.open(setup, setup.place) : StreamEcho.open(setup);
