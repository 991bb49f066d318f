/** A value outside React that components can watch (useSyncExternalStore). */
export interface Store<T> {
  get(): T;
  set(change: (value: T) => T): void;
  subscribe(listener: () => void): () => void;
  /**
   * For changes that come one after the other faster than anybody reads: listeners are told of them so often, and at the end.
   *
   * @param everyMs milliseconds
   * @returns what ends it
   */
  pace(everyMs: number): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let paces = 0;
  let hasNews = false;
  return {
    get: () => value,
    set(change) {
      const next = change(value);
      if (next === value) return;
      value = next;
      if (paces > 0) hasNews = true;
      else tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pace(everyMs) {
      const tellNews = () => {
        if (hasNews) tell();
        hasNews = false;
      };
      const timer = setInterval(tellNews, everyMs);
      paces += 1;
      return () => {
        clearInterval(timer);
        paces -= 1;
        if (paces === 0) tellNews();
      };
    },
  };
}
