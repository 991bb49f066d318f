import type {Happening, LogEvent} from '../model/event.ts';

/** The events of a walk, in order. It only grows. */
export interface Log {
  readonly events: readonly LogEvent[];
  subscribe(listener: (event: LogEvent) => void): () => void;
}

/** As whoever writes it has it: `append` is its one door. */
export interface OpenLog extends Log {
  append<H extends Happening>(happening: H): H & {readonly seq: number; readonly at: number};
}

/** `now` gives seconds since the walk began. */
export function createLog(now: () => number): OpenLog {
  const events: LogEvent[] = [];
  const listeners = new Set<(event: LogEvent) => void>();
  return {
    events,
    append(happening) {
      const event = {seq: events.length, at: Math.round(now() * 1e6) / 1e6, ...happening};
      Object.freeze(event);
      events.push(event);
      for (const listener of listeners) listener(event);
      return event;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A log that starts with events that were recorded earlier. */
export function logOf(recorded: readonly LogEvent[]): Log {
  const last = recorded.at(-1)?.at ?? 0;
  const log = createLog(() => last);
  // As arguments of one push() they would have to fit on the stack.
  for (const event of recorded) (log.events as LogEvent[]).push(event);
  return log;
}
