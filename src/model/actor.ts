/** Who makes calls. Each is a process of its own. */
export type ActorName = 'server' | 'client';

export const actorNames: readonly ActorName[] = ['server', 'client'];
