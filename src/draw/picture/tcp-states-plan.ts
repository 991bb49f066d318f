import type {TcpState} from '../../model/sockets.ts';
import {tcpStates, tcpTransitions} from '../../model/tcp-transitions.ts';
import type {Point} from '../text/line-art.ts';

export type Transition = `${TcpState}>${TcpState}`;

/** Where the states of a picture stand, and where its arrows turn. */
export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly at: Readonly<Record<TcpState, Point>>;
  /** CLOSE once more: what a connection ends in. */
  readonly end: Point;
  /** The column in which an arrow changes rows, or, where it does not, one that it passes. */
  readonly turns: Readonly<Partial<Record<Transition, number>>>;
  /** Free room in the picture: where, and how many cells. */
  readonly notes: readonly (readonly [at: Point, width: number])[];
}

/**
 * ```
 * CLOSE    ┬> LISTEN    ─> SYN_RECV    ┬> ESTABLISHED    ┬─> FIN_WAIT1    ┐
 *          └> SYN_SENT    ─────────────┘                 │                │
 * CLOSE <┬─ LAST_ACK    <─ CLOSE_WAIT    ────────────────┘                │
 *        └─ TIME_WAIT    <┬─ FIN_WAIT2    ────────────────────────────────┤
 *                         └─ CLOSING    ──────────────────────────────────┘
 * ```
 */
export const widePlan: Plan = {
  width: 74,
  height: 5,
  at: {
    ...{CLOSE: [0, 0], LISTEN: [12, 0], SYN_RECV: [26, 0], ESTABLISHED: [41, 0], FIN_WAIT1: [60, 0]},
    ...{SYN_SENT: [12, 1], LAST_ACK: [10, 2], CLOSE_WAIT: [25, 2], TIME_WAIT: [10, 3], FIN_WAIT2: [27, 3]},
    CLOSING: [27, 4],
  },
  end: [0, 2],
  turns: {
    ...{'CLOSE>LISTEN': 9, 'CLOSE>SYN_SENT': 9, 'LISTEN>SYN_RECV': 23, 'SYN_RECV>ESTABLISHED': 38},
    ...{'SYN_SENT>ESTABLISHED': 38, 'ESTABLISHED>FIN_WAIT1': 56, 'ESTABLISHED>CLOSE_WAIT': 56},
    ...{'FIN_WAIT1>FIN_WAIT2': 73, 'FIN_WAIT1>CLOSING': 73, 'FIN_WAIT2>TIME_WAIT': 24, 'CLOSING>TIME_WAIT': 24},
    ...{'CLOSE_WAIT>LAST_ACK': 23, 'LAST_ACK>CLOSE': 7, 'TIME_WAIT>CLOSE': 7},
  },
  notes: [
    [[0, 4], 23],
    [[58, 1], 14],
  ],
};

/**
 * ```
 * CLOSE    ┬> LISTEN    ─> SYN_RECV    ┐
 *          └> SYN_SENT    ─────────────┤
 * ┌────── ESTABLISHED    <─────────────┘
 * ├> FIN_WAIT1    ┬> FIN_WAIT2    ┬> TIME_WAIT    ┐
 * │               └> CLOSING    ──┘               │
 * └> CLOSE_WAIT    > LAST_ACK    ─> CLOSE <───────┘
 * ```
 */
export const tallPlan: Plan = {
  width: 49,
  height: 6,
  at: {
    ...{CLOSE: [0, 0], LISTEN: [12, 0], SYN_RECV: [26, 0], SYN_SENT: [12, 1], ESTABLISHED: [9, 2]},
    ...{FIN_WAIT1: [3, 3], FIN_WAIT2: [19, 3], TIME_WAIT: [35, 3], CLOSING: [19, 4]},
    ...{CLOSE_WAIT: [3, 5], LAST_ACK: [19, 5]},
  },
  end: [35, 5],
  turns: {
    ...{'CLOSE>LISTEN': 9, 'CLOSE>SYN_SENT': 9, 'LISTEN>SYN_RECV': 23, 'SYN_RECV>ESTABLISHED': 38},
    ...{'SYN_SENT>ESTABLISHED': 38, 'ESTABLISHED>FIN_WAIT1': 0, 'ESTABLISHED>CLOSE_WAIT': 0},
    ...{'FIN_WAIT1>FIN_WAIT2': 16, 'FIN_WAIT1>CLOSING': 16, 'FIN_WAIT2>TIME_WAIT': 32, 'CLOSING>TIME_WAIT': 32},
    ...{'CLOSE_WAIT>LAST_ACK': 17, 'LAST_ACK>CLOSE': 32, 'TIME_WAIT>CLOSE': 48},
  },
  notes: [],
};

export const plans = [widePlan, tallPlan] as const;

/** Transitions that have no arrow, so that the picture stays one: few sockets ever make them. */
export const undrawn: ReadonlySet<Transition> = new Set<Transition>([
  ...(['LISTEN>CLOSE', 'SYN_SENT>CLOSE', 'SYN_SENT>SYN_RECV', 'SYN_RECV>LISTEN', 'SYN_RECV>FIN_WAIT1'] as const),
  'FIN_WAIT1>TIME_WAIT',
]);

/** The transitions of the table that a plan has an arrow for. */
export const drawnIn = (plan: Plan): readonly (readonly [from: TcpState, to: TcpState])[] =>
  tcpStates.flatMap(from =>
    Object.values(tcpTransitions[from]).flatMap(to =>
      plan.turns[`${from}>${to}`] === undefined ? [] : [[from, to] as const],
    ),
  );

/** Cells that a state takes: its name, a blank, and the marks of two sides. */
export const widthOfState = (state: TcpState): number => state.length + 3;

/** The points of an arrow, and where its head is. */
export function arrowOf(
  plan: Plan,
  from: TcpState,
  to: TcpState,
): {points: readonly Point[]; head: Point; isRight: boolean} {
  const turn = plan.turns[`${from}>${to}`] ?? 0;
  const [fromX, fromY] = plan.at[from];
  const [toX, toY] = to === 'CLOSE' ? plan.end : plan.at[to];
  const isRight = turn < toX;
  const start = turn < fromX ? fromX - 1 : fromX + widthOfState(from);
  const after = to === 'CLOSE' ? to.length : widthOfState(to);
  const head: Point = [isRight ? toX - 2 : toX + after + 1, toY];
  return {points: [[start, fromY], [turn, fromY], [turn, toY], head], head, isRight};
}
