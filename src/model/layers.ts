import type {CallName} from './call.ts';

/** The four layers of the Internet's protocols, RFC 1122 section 1.1.3. */
export type Layer = 'application' | 'transport' | 'internet' | 'link';

/** The seven of the OSI reference model, ISO/IEC 7498-1. */
export type OsiLayer = 7 | 6 | 5 | 4 | 3 | 2 | 1;

/** Top down, each with the OSI layers that stand beside it. */
export const layers: readonly {readonly layer: Layer; readonly osi: readonly OsiLayer[]}[] = [
  {layer: 'application', osi: [7, 6, 5]},
  {layer: 'transport', osi: [4]},
  {layer: 'internet', osi: [3]},
  {layer: 'link', osi: [2, 1]},
];

/** Which layers a call on a TCP socket concerns: whose data, port, address or connection it is about, and what carries it. */
export const layersOf: Readonly<Partial<Record<CallName, readonly Layer[]>>> = {
  socket: ['transport', 'internet'],
  bind: ['transport', 'internet'],
  listen: ['transport'],
  connect: ['transport', 'internet', 'link'],
  accept: ['transport'],
  accept4: ['transport'],
  send: ['application', 'transport', 'internet', 'link'],
  recv: ['application', 'transport'],
  shutdown: ['transport', 'internet', 'link'],
  close: ['transport', 'internet', 'link'],
  setsockopt: ['transport'],
  getsockopt: ['transport'],
};
