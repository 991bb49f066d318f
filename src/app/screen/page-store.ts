import type {State} from './state.ts';
import type {Store} from './store.ts';

/** The page of one kind, as long as it is the one that is shown. */
export interface PageStore<P> {
  /** Null when another one is shown, or this is closed; then nothing is changed either. */
  get(): P | null;
  change(change: Partial<P>): void;
  /** Whoever had it is done: a later page of its kind is somebody else's. */
  close(): void;
}

export function pageStore<K extends State['page']['kind']>(
  store: Store<State>,
  kind: K,
): PageStore<Extract<State['page'], {kind: K}>> {
  type P = Extract<State['page'], {kind: K}>;
  let isOpen = true;
  const isIt = (page: State['page']): page is P => isOpen && page.kind === kind;
  return {
    get() {
      const {page} = store.get();
      return isIt(page) ? page : null;
    },
    change: change => store.set(state => (isIt(state.page) ? {...state, page: {...state.page, ...change}} : state)),
    close: () => {
      isOpen = false;
    },
  };
}
