import type {TcpState} from './sockets.ts';

/** What makes a TCP socket change its state: a call of ours, a segment, or time. */
export type TcpEvent =
  | 'we listen'
  | 'we connect'
  | 'we close'
  | 'SYN arrives'
  | 'SYN+ACK arrives'
  | 'ACK arrives'
  | 'FIN arrives'
  | 'FIN+ACK arrives'
  | 'RST arrives'
  | 'time is up';

/**
 * The state diagram of RFC 9293 section 3.3.2 (figure 5, with its notes 1 and 2), in the kernel's names. `we close` is CLOSE:
 * close(2), or shutdown(2) with SHUT_WR. LISTEN becomes SYN_RECV in a new socket; the listening one stays. Left out is what
 * no socket call can do: SEND on a listening socket.
 */
export const tcpTransitions: Readonly<Record<TcpState, Readonly<Partial<Record<TcpEvent, TcpState>>>>> = {
  CLOSE: {'we listen': 'LISTEN', 'we connect': 'SYN_SENT'},
  LISTEN: {'SYN arrives': 'SYN_RECV', 'we close': 'CLOSE'},
  SYN_SENT: {'SYN+ACK arrives': 'ESTABLISHED', 'SYN arrives': 'SYN_RECV', 'we close': 'CLOSE'},
  SYN_RECV: {'ACK arrives': 'ESTABLISHED', 'we close': 'FIN_WAIT1', 'RST arrives': 'LISTEN'},
  ESTABLISHED: {'we close': 'FIN_WAIT1', 'FIN arrives': 'CLOSE_WAIT'},
  FIN_WAIT1: {'ACK arrives': 'FIN_WAIT2', 'FIN arrives': 'CLOSING', 'FIN+ACK arrives': 'TIME_WAIT'},
  FIN_WAIT2: {'FIN arrives': 'TIME_WAIT'},
  CLOSING: {'ACK arrives': 'TIME_WAIT'},
  CLOSE_WAIT: {'we close': 'LAST_ACK'},
  LAST_ACK: {'ACK arrives': 'CLOSE'},
  TIME_WAIT: {'time is up': 'CLOSE'},
};

export const tcpStates = Object.keys(tcpTransitions) as readonly TcpState[];

export const isTcpState = (state: string): state is TcpState => state in tcpTransitions;

const nextOf = (state: TcpState): readonly TcpState[] => Object.values(tcpTransitions[state]);

/** Why a socket goes from one state straight to another; null when it cannot. */
export function eventBetween(from: TcpState, to: TcpState): TcpEvent | null {
  const [event] =
    (Object.entries(tcpTransitions[from]) as [TcpEvent, TcpState][]).find(([, next]) => next === to) ?? [];
  return event ?? null;
}

/** Whether one or more transitions lead from a state to another, without one that must not be passed. */
export function leadsTo(from: TcpState, to: TcpState, without?: TcpState): boolean {
  const reached = new Set<TcpState>();
  const front: TcpState[] = [from];
  for (let state = front.pop(); state; state = front.pop()) {
    for (const next of nextOf(state)) {
      if (next === to) return true;
      // What comes of LISTEN is another socket, and CLOSE is the end of one: no socket passes through them.
      if (next !== without && next !== 'LISTEN' && next !== 'CLOSE' && !reached.has(next)) front.push(next);
      reached.add(next);
    }
  }
  return false;
}

/** The states that a socket must have passed between two in which it was seen, in their order. */
export function passedBetween(from: TcpState, to: TcpState): readonly TcpState[] {
  if (eventBetween(from, to) || !leadsTo(from, to)) return [];
  const passed = tcpStates.filter(state => state !== from && state !== to && !leadsTo(from, to, state));
  return passed.toSorted((a, b) => (leadsTo(a, b) ? -1 : 1));
}
