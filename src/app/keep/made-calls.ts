import {type ActorName, type Side, sideOf} from '../../model/actor.ts';
import type {CallName} from '../../model/call.ts';
import type {LogEvent} from '../../model/event.ts';

/** Names of calls, by the side that made them. */
export type MadeCalls = Readonly<Record<Side, readonly string[]>>;

/** Statements and commands for Node, and rules of the packet filter, are no calls of the learner's. */
const isCall = (name: CallName, actor: ActorName): boolean =>
  name !== 'evaluate' && name !== 'run' && name !== 'nft' && actor !== 'network' && actor !== 'router';

/** The calls that worked in this log. */
export function callsIn(events: readonly LogEvent[]): MadeCalls {
  const names = {server: new Set<string>(), client: new Set<string>()};
  for (const event of events) {
    if (event.kind !== 'call-returned' || event.outcome.kind !== 'returned') continue;
    if (isCall(event.call.name, event.actor)) names[sideOf(event.actor)].add(event.call.name);
  }
  return {server: [...names.server], client: [...names.client]};
}

/** Both sets as one; the first itself where the other adds nothing. */
export function withCalls(one: MadeCalls, other: MadeCalls): MadeCalls {
  const isMore = sides.some(side => other[side].some(name => !one[side].includes(name)));
  if (!isMore) return one;
  return {server: union(one.server, other.server), client: union(one.client, other.client)};
}

const sides: readonly Side[] = ['server', 'client'];

const union = (one: readonly string[], other: readonly string[]): readonly string[] => [...new Set([...one, ...other])];

/** What one of several programs keeps: the calls that it knows of beyond `base`, and what the others have kept meanwhile. */
export const mergedCalls = (base: MadeCalls, own: MadeCalls, kept: MadeCalls): MadeCalls =>
  withCalls(kept, {
    server: own.server.filter(name => !base.server.includes(name)),
    client: own.client.filter(name => !base.client.includes(name)),
  });
