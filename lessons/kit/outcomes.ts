import type {ActorName} from '../../src/model/actor.ts';
import type {CallName} from '../../src/model/call.ts';
import type {Errno} from '../../src/model/errno.ts';
import type {Claim, EndClaim, OutcomeClaim, SocketClaim} from '../../src/model/lesson.ts';
import {type Bytes, bytesOf} from './bytes.ts';

// What a call does. Where a step says none of these, its call returns what such a call usually returns (step.ts).

export const returns = (value: number): OutcomeClaim => ({kind: 'returns', value});
/** At least `least`, and less than `below` where that is given. */
export const returnsFrom = (least: number, below?: number): OutcomeClaim => ({
  kind: 'returns-from',
  least,
  ...(below === undefined ? {} : {below}),
});
export const returnsDescriptor: OutcomeClaim = {kind: 'returns-descriptor'};
export const fails = (errno: Errno): OutcomeClaim => ({kind: 'fails', errno});
/** It has not returned, and the kernel shows its thread asleep. */
export const waits: OutcomeClaim = {kind: 'waits'};
/** It never returns: the process has ended. */
export const neverReturns: OutcomeClaim = {kind: 'lost'};

/** send() and sendto() take all of these. */
export const sentAll = (bytes: Bytes): OutcomeClaim => ({kind: 'returns-bytes', bytes: bytesOf(bytes)});
/** recv() and recvfrom() give these. */
export const received: typeof sentAll = sentAll;
/** The address that the call wrote. */
export const gaveAddress = (end: EndClaim): OutcomeClaim => ({kind: 'returns-address', ...end});
/** The value of the option that the call wrote. */
export const gaveValue = (value: number | {readonly least: number}): OutcomeClaim => ({kind: 'returns-option', value});

/** evaluate: it gave this value, as util.inspect() writes it; without one, any. */
export const evaluates = (value?: string): OutcomeClaim => ({
  kind: 'evaluates',
  ...(value === undefined ? {} : {value}),
});
/** run: the program has ended by itself. */
export const endsWith = (code: number): OutcomeClaim => ({kind: 'ends', code});
export const endsBy = (signal: string): OutcomeClaim => ({kind: 'ends', signal});

/** The call of an earlier step, which was waiting, returns because of this one: that step's last, or its last of this name. */
export const completes = (step: string, outcome: OutcomeClaim, call?: CallName): NonNullable<Claim['completes']> => ({
  step,
  outcome,
  ...(call === undefined ? {} : {call}),
});

/** So many sockets of the actor's, named or not, are like this. */
export const rows = (
  actor: ActorName,
  count: number,
  like: Omit<Extract<SocketClaim, {kind: 'rows'}>, 'kind' | 'actor' | 'count'> = {},
): SocketClaim => ({kind: 'rows', actor, ...like, count});
/** A file in the walk's folder, and its mode as ls -l writes it or how that begins; null: it is not there. */
export const hasFile = (name: string, mode: string | null): SocketClaim => ({kind: 'file', name, mode});
