import {spawnSync} from 'node:child_process';
import type {FilterChange} from '../model/filter.ts';
import type {Outcome} from '../model/outcome.ts';
import type {HostName} from '../model/wire.ts';
import type {Tap} from './frame-store.ts';
import type {NetworkKind} from './network-protocol.ts';
import {PacketSocket} from './packet-socket.ts';

export interface Built {
  /** The descriptors in which the namespaces are held; none for the one that this process is in. */
  readonly namespaces: Readonly<Partial<Record<HostName, number>>>;
  readonly taps: readonly Tap[];
  /** Why nothing can be captured; null where it can. */
  readonly blind: string | null;
}

/** Sets devices up and begins to capture. Throws where that cannot be done; capturing alone may fail. */
export function buildNetwork(kind: NetworkKind): Built {
  if (kind !== 'host') spawnSync('ip', ['link', 'set', 'lo', 'up']);
  try {
    return {namespaces: {}, taps: [{host: 'here', device: 'lo', socket: new PacketSocket('lo', true)}], blind: null};
  } catch (error) {
    return {namespaces: {}, taps: [], blind: error instanceof Error ? error.message : String(error)};
  }
}

export function changeFilter(_change: FilterChange): Outcome {
  throw new Error('not yet');
}
