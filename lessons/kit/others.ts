import type {ActorName} from '../../src/model/actor.ts';
import type {Act, FileName} from '../../src/model/lesson.ts';

// Calls that are on no socket.

export const unlinks = (actor: ActorName, path: FileName): Act => ({actor, call: {name: 'unlink', path}});
export const changesMode = (actor: ActorName, path: FileName, mode: number): Act => ({
  actor,
  call: {name: 'chmod', path, mode},
});
/** From now on the actor has no privileges. */
export const dropsPrivileges = (actor: ActorName): Act => ({actor, call: {name: 'seteuid', uid: 'unprivileged'}});
/** The actor kills itself. */
export const killsItself = (actor: ActorName): Act => ({actor, call: {name: 'kill', pid: actor, signal: 'SIGKILL'}});
/** The addresses of its own machine. */
export const listsInterfaces = (actor: ActorName): Act => ({actor, call: {name: 'getifaddrs'}});
export const looksUp = (actor: ActorName, host: string): Act => ({actor, call: {name: 'getaddrinfo', host}});

/** For actors that are Node processes: one statement. */
export const executes = (actor: ActorName, code: string): Act => ({actor, call: {name: 'evaluate', code}});
/** The command `node ARGS` in the walk's folder. */
export const runs = (actor: ActorName, ...args: readonly string[]): Act => ({actor, call: {name: 'run', args}});
/** Ends the program that the actor runs. */
export const stops = (actor: ActorName): Act => ({
  actor,
  call: {name: 'kill', pid: {program: actor}, signal: 'SIGTERM'},
});
