import type {CallName} from '../../src/model/call.ts';
import type {
  Act,
  Claim,
  FramesClaim,
  OutcomeClaim,
  SaysClaim,
  SocketClaim,
  TextClaim,
  TimeClaim,
  TracedClaim,
} from '../../src/model/lesson.ts';

/** That a step claims nothing of what its call returns. */
export const anyOutcome = {kind: 'any-outcome'} as const;

/** One thing that a step says of the kernel. Each kind is known by its shape. */
export type SmallClaim =
  | typeof anyOutcome
  | OutcomeClaim
  | NonNullable<Claim['completes']>
  | SocketClaim
  | SaysClaim
  | TracedClaim
  | FramesClaim
  | TimeClaim
  | TextClaim
  /** Several of them, already put together. */
  | Claim;

export type Claims = SmallClaim | readonly SmallClaim[];

const socketKinds = {
  listed: true,
  unlisted: true,
  gone: true,
  'accept-queue': true,
  'local-port': true,
  rows: true,
  file: true,
} as const satisfies Record<SocketClaim['kind'], true>;

const isOfSocket = (claim: OutcomeClaim | SocketClaim): claim is SocketClaim => claim.kind in socketKinds;

function whole(claim: SmallClaim): Claim {
  if ('kind' in claim) {
    if (claim.kind === 'any-outcome') return {};
    return isOfSocket(claim) ? {sockets: [claim]} : {outcome: claim};
  }
  if ('step' in claim) return {completes: claim};
  if ('frames' in claim) return {wire: claim};
  if ('calls' in claim) return {traced: [claim]};
  if ('call' in claim) return {takes: claim};
  if ('how' in claim) return {texts: [claim]};
  if ('actor' in claim) return {says: [claim]};
  return claim;
}

/** Lists are joined, and what passes on the wire; of what there can be but one, a second is a slip. */
function joined(one: Claim, other: Claim): Claim {
  const both: Record<string, unknown> = {...one, ...other};
  for (const name of Object.keys(one).filter(name => name in other) as (keyof Claim)[]) {
    const [earlier, later] = [one[name], other[name]];
    if (Array.isArray(earlier) && Array.isArray(later)) both[name] = [...earlier, ...later];
    else if (name !== 'wire') throw new Error(`two claims of ${name}`);
  }
  if (one.wire && other.wire)
    both.wire = {...one.wire, ...other.wire, frames: [...one.wire.frames, ...other.wire.frames]};
  return both;
}

const listOf = (claims: Claims): readonly SmallClaim[] =>
  Array.isArray(claims) ? (claims as readonly SmallClaim[]) : [claims as SmallClaim];

export const claimOf = (claims: Claims): Claim => listOf(claims).map(whole).reduce(joined, {});

/** What a call returns when it works, where that is always the same. */
const usually: Partial<Record<CallName, OutcomeClaim>> = {
  ...Object.fromEntries(
    (['bind', 'listen', 'connect', 'setsockopt', 'shutdown', 'close'] as const).map(name => [
      name,
      {kind: 'returns', value: 0},
    ]),
  ),
  socket: {kind: 'returns-descriptor'},
  accept: {kind: 'returns-descriptor'},
  accept4: {kind: 'returns-descriptor'},
};

/** With the usual outcome of a step's last call, where none is claimed. */
export function stepClaimOf({call}: Act, claims: Claims): Claim {
  const claim = claimOf(claims);
  const outcome = usually[call.name];
  const isSaid = claim.outcome !== undefined || listOf(claims).includes(anyOutcome);
  return isSaid || !outcome ? claim : {outcome, ...claim};
}
