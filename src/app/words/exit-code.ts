import {constants} from 'node:os';

/** A process that a signal ended, as shells number it (bash(1), EXIT STATUS). */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

export const exitCodesOf = (signals: readonly NodeJS.Signals[]): Readonly<Partial<Record<NodeJS.Signals, number>>> =>
  Object.fromEntries(signals.map(signal => [signal, exitCodeOf(signal)]));
