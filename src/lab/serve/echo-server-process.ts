// The echo server, as a process of its own: however busy the screen is, the echo is not slowed by it. It says what it has seen when
// it is asked, and ends with the program that started it.

import {pid} from '../../model/brands.ts';
import type {EchoServer} from './echo.ts';
import type {EchoReply, EchoRequest} from './echo-protocol.ts';
import {openEchoServer} from './echo-server.ts';

// A reply to a program that has just died is nobody's: without a callback the error would end this process in the slow way.
const ignored = () => {};
const say = (reply: EchoReply) => process.connected && process.send?.(reply, ignored);

let server: EchoServer | null = null;

async function start({setup}: Extract<EchoRequest, {kind: 'start'}>): Promise<void> {
  try {
    server = await openEchoServer(setup);
    say({kind: 'listening', place: server.place, pid: pid(process.pid)});
  } catch (error) {
    say({kind: 'refused', errno: (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN'});
  }
}

async function stop(): Promise<void> {
  await server?.stop();
  // The program has the last events before it lets this process go.
  say({kind: 'stopped'});
}

function answer(request: EchoRequest): unknown {
  switch (request.kind) {
    case 'start':
      return start(request);
    case 'stop':
      return stop();
    case 'mode':
      server?.setMode(request.mode);
      return say({kind: 'done', id: request.id, isDone: server !== null});
    case 'act':
      return say({kind: 'done', id: request.id, isDone: server?.act(request.client, request.act) ?? false});
    case 'look': {
      const {id, wish} = request;
      const tell = () => server && say({kind: 'looked', id, look: server.look(wish)});
      if (!wish.waits || wish.since === null) return tell();
      // Events come in groups: those of the next moment go with the first one.
      return server?.onEvent(wish.since, () => setTimeout(tell, gatherMs));
    }
  }
}
const gatherMs = 10;

/** The program has gone, in good order or not. */
function leave(): void {
  server?.abandon();
  process.exit(0);
}

// The terminal sends these to the whole foreground group; the program decides when its children end.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', leave);
// The program may have died before anybody listened.
if (!process.connected) leave();
process.on('message', answer);
