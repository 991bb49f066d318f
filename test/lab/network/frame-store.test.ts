import {expect, test} from 'vitest';
import {FrameStore, type Tap} from '../../../src/lab/network/frame-store.ts';
import type {RingFrame} from '../../../src/lab/network/packet-socket.ts';

const frameAt = (nanoseconds: number, direction: 'in' | 'out'): RingFrame => ({
  direction,
  seconds: 1,
  nanoseconds,
  length: 0,
  bytes: new Uint8Array(),
});

/** A ring that holds what is put into it. No real one can be filled just between two looks. */
function tap(device: string, ring: RingFrame[], onLook = () => {}): Tap {
  return {
    host: 'router',
    device,
    socket: {
      wait: () => Promise.resolve(),
      *take() {
        onLook();
        yield* ring.splice(0);
      },
      skip(keep) {
        return ring.splice(0, Math.max(0, ring.length - keep)).length;
      },
      count: () => ({captured: 0, dropped: 0}),
    },
  };
}

test('a frame that passes two devices while the rings are emptied is told at both, in the order of the wire', () => {
  const [lan, wan]: [RingFrame[], RingFrame[]] = [[], []];
  let isOver = false;
  // It comes after lan was looked at, and before wan is.
  const pass = () => {
    if (isOver) return;
    isOver = true;
    lan.push(frameAt(1, 'in'));
    wan.push(frameAt(2, 'out'));
  };
  const store = new FrameStore([tap('lan', lan), tap('wan', wan, pass)]);
  expect(store.take().map(({device, direction}) => `${device} ${direction}`)).toEqual(['lan in', 'wan out']);
});

test('frames that come all the time are told all the same', () => {
  const ring: RingFrame[] = [];
  const store = new FrameStore([tap('lan', ring, () => ring.push(frameAt(1, 'in'))), tap('wan', [])]);
  expect(store.take().length).toBeGreaterThan(0);
});

test('of more frames than are held those that are let go are counted, whether they were read or not', () => {
  const ring: RingFrame[] = [];
  const store = new FrameStore([tap('lan', ring)], 5);
  for (let n = 0; n < 23; n++) {
    ring.push(frameAt(n, 'in'));
    if (n === 3 || n === 9) store.gather();
  }
  expect(store.take().map(({nanoseconds}) => nanoseconds)).toEqual([18, 19, 20, 21, 22]);
  expect(store.count().omitted).toBe(18);
});
