// Holds a private network: the namespaces of its hosts, their devices and rules, and what is captured on them. It starts inside
// the first namespace, as root of it (unshare -Urn), and when it ends, all that is gone. Of kind `host` it only captures.

import {FrameStore, framesHeld, type Tap} from './frame-store.ts';
import {buildNetwork, changeFilter, type Namespaces} from './hosts.ts';
import type {NetworkKind, NetworkReply, NetworkRequest} from './network-protocol.ts';
import type {PortPair} from './port-filter.ts';

// A reply to a program that has just died is nobody's: without a callback the error would end this process in the slow way.
const ignored = () => {};
const say = (reply: NetworkReply) => process.connected && process.send?.(reply, ignored);
const why = (error: unknown) => (error instanceof Error ? error.message : String(error));

// process.exit() would wait for the threads that wait for frames.
const leave = () => process.kill(process.pid, 'SIGKILL');

/** How long frames may wait in a ring, in milliseconds: looking at each as it comes would cost more than the rest. */
const shortRestMs = 4;
/** Of what passes between two ports only the newest are looked at by people: so many are held, and emptying the ring is seldom. */
const [fewHeld, longRestMs] = [256, 50];

/** Empties the rings as they fill, so that they never run over. */
async function keepUp(taps: readonly Tap[], store: FrameStore, restMs: number): Promise<void> {
  await Promise.all(
    taps.map(async ({socket}) => {
      for (;;) {
        await socket.wait();
        store.gather();
        await new Promise(resolve => setTimeout(resolve, restMs));
      }
    }),
  );
}

function answer(request: NetworkRequest, namespaces: Namespaces, store: FrameStore): NetworkReply {
  const {id} = request;
  if (request.kind === 'frames') return {id, kind: 'taken', frames: store.take(request.most), count: store.count()};
  const start = process.hrtime.bigint();
  const outcome = changeFilter(namespaces, request.change);
  return {id, kind: 'changed', outcome, elapsedUs: Number((process.hrtime.bigint() - start) / 1000n)};
}

// The terminal sends these to the whole foreground group; the program decides when its network ends.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', leave);
process.on('disconnect', leave);
if (!process.connected) leave();

const kind = process.argv[2] as NetworkKind;
const [from, to] = (process.argv[3] ?? '').split(',').map(Number);
const only: PortPair | null = from && to ? [from, to] : null;
try {
  const {namespaces, taps, blind} = buildNetwork(kind, only);
  const store = new FrameStore(taps, only ? fewHeld : framesHeld);
  process.on('message', (request: NetworkRequest) => say(answer(request, namespaces, store)));
  void keepUp(taps, store, only ? longRestMs : shortRestMs);
  say({kind: 'ready', namespaces, blind});
} catch (error) {
  say({kind: 'unable', why: why(error)});
}
