/** Who makes calls. Each is a process of its own. */
export type ActorName = 'server' | 'client' | 'client-2' | 'client-3';

/** All that there may be, in the order in which they are shown. */
export const actorNames: readonly ActorName[] = ['server', 'client', 'client-2', 'client-3'];

/** The two that every lesson has unless it names its own. */
export const usualActors: readonly ActorName[] = ['server', 'client'];

/** The two sides of a conversation. */
export type Side = 'server' | 'client';

export const sideOf = (actor: ActorName): Side => (actor === 'server' ? 'server' : 'client');
