import type {ClientFrames} from '../../draw/wire/client-frames.ts';
import {type ConnectionRows, keyOfClient, noRows, readRows} from '../../lab/kernel/connection-rows.ts';
import type {EchoProcess} from '../../lab/serve/echo-process.ts';
import type {PageWish} from '../../lab/serve/echo-protocol.ts';
import {serveScreenText} from '../../messages/serve-screen.ts';
import {bytesOfText} from '../../model/payload.ts';
import {type ServeAct, type ServedClient, type ServeLook, serveModes} from '../../model/serve.ts';
import type {Language, Text} from '../../model/text.ts';
import {TypedText} from '../line/typed-text.ts';
import {ClientWire} from '../run/client-wire.ts';
import {createStore, type Store} from '../screen/store.ts';
import type {ServeIntent, ServePlaceName} from './serve-keymap.ts';

export type {EchoProcess};

export interface ServeState {
  readonly language: Language;
  /** Null until the server has been looked at. */
  readonly look: ServeLook | null;
  readonly kernel: ConnectionRows;
  /** Of the client that is opened; null where none is. */
  readonly frames: ClientFrames | null;
  /** The number of the client under the cursor; null: the first one, whoever that is. */
  readonly cursor: number | null;
  readonly order: PageWish['order'];
  /** Whether the client under the cursor is opened. */
  readonly isOpen: boolean;
  /** The line that is being written to it. */
  readonly line: string | null;
  /** Rows of the help above the screen; null when it is closed. */
  readonly help: number | null;
  readonly notice: Text | null;
}

interface Environment {
  /** How many clients fit on the screen, and how many events. */
  readonly room: () => {readonly clients: number; readonly events: number};
  readonly exit: (code: number) => void;
  readonly ended: () => void;
}

/** The server is looked at this often, in milliseconds; at once after a key. */
const lookMs = 200;
/** The kernel’s table is read this often; it is long where connections are many. */
const kernelMs = 300;
/** Whoever watches takes no more than this part of a processor, and looks less often where looking takes longer. */
const share = 1 / 16;

/** The kernel's row of a client's connection, among those of one side; null where it is not there. */
export const rowOf = (client: ServedClient, rows: ConnectionRows['ofServer']) => rows.get(keyOfClient(client)) ?? null;

export const keyContextOf = ({help, line, isOpen}: ServeState): ServePlaceName =>
  help !== null ? 'help' : line !== null ? 'writing' : isOpen ? 'client' : 'list';

/** What is seen of the server, kept fresh; and what keys do to it. */
export class ServeSession implements AsyncDisposable {
  readonly store: Store<ServeState>;
  readonly typing: TypedText;
  readonly #server: EchoProcess;
  readonly #around: Environment;
  readonly #loops: Promise<void>;
  readonly #wire: ClientWire;
  #kernel: ConnectionRows = noRows;
  #isOver = false;
  #isStale = false;
  /** Places that the cursor has yet to move. */
  #move = 0;
  #top = 0;
  /** What waits for the next time to look. */
  readonly #resting = new Set<{readonly isForKeys: boolean; readonly done: () => void}>();

  constructor(server: EchoProcess, language: Language, around: Environment) {
    this.#server = server;
    this.#around = around;
    this.#wire = new ClientWire(server.place);
    this.store = createStore<ServeState>({
      ...{language, look: null, kernel: noRows, frames: null, cursor: null, order: 'newest'},
      ...{isOpen: false, line: null, help: null, notice: null},
    });
    this.typing = new TypedText(
      () => this.store.get().line,
      line => this.#patch({line}),
    );
    this.#loops = this.#look()
      .then(() => Promise.all([this.#watch(), this.#watchKernel()]))
      .then(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#wake();
    await this.#loops;
    await this.#wire[Symbol.asyncDispose]();
  }

  handle(intent: ServeIntent): void {
    const {help, line} = this.store.get();
    if (intent === 'quit') return this.#around.exit(0);
    if (intent === 'interrupt') return this.#around.exit(130);
    if (this.store.get().notice !== null) this.#patch({notice: null});
    if (help !== null) this.#inHelp(intent, help);
    else if (line !== null) this.#inLine(intent, line);
    else this.#onPage(intent);
    if (!moves.has(intent)) this.#wake();
  }

  #onPage(intent: ServeIntent): void {
    const {clients} = this.#around.room();
    switch (intent) {
      case 'up':
        return this.#moveBy(-1);
      case 'down':
        return this.#moveBy(1);
      case 'page-up':
        return this.#moveBy(-clients);
      case 'page-down':
        return this.#moveBy(clients);
      case 'first':
        this.#move = 0;
        return this.#patch({cursor: null});
      case 'last':
        return this.#moveBy(furthest);
      case 'open':
        return this.#patch({isOpen: this.#selected() !== null, cursor: this.#selected()?.id ?? null});
      case 'close':
        return this.#patch({isOpen: false});
      case 'order':
        return this.store.set(state => ({...state, order: state.order === 'newest' ? 'oldest' : 'newest'}));
      case 'write':
        return this.#patch({line: this.#selected() ? '' : null, cursor: this.#selected()?.id ?? null});
      case 'pause':
        return this.#act({kind: this.#selected()?.isPaused ? 'resume' : 'pause'});
      case 'half-close':
      case 'reset':
        return this.#act({kind: intent});
      case 'mode':
        return this.#nextMode();
      case 'language':
        return this.store.set(state => ({...state, language: state.language === 'ja' ? 'en' : 'ja'}));
      case 'help':
        return this.#patch({help: 0});
      default:
        return;
    }
  }

  #inHelp(intent: ServeIntent, help: number): void {
    if (intent === 'close') this.#patch({help: null});
    if (intent === 'up') this.#patch({help: Math.max(0, help - 1)});
    if (intent === 'down') this.#patch({help: help + 1});
  }

  #inLine(intent: ServeIntent, line: string): void {
    if (intent === 'erase') this.#patch({line: ''});
    if (intent === 'close') this.#patch({line: null});
    if (intent !== 'submit') return;
    this.#patch({line: null});
    this.#act({kind: 'send', data: bytesOfText(`${line}\n`)});
  }

  /** At once where the client is on the screen; the server is asked where it is not. */
  #moveBy(places: number): void {
    const {look, isOpen} = this.store.get();
    const next = look && look.page.at !== null ? clientAt(look.page, look.page.at + places) : null;
    const isHere = look !== null && next !== null && this.#move === 0;
    if (isHere) this.store.set(state => withCursor(state, look, next.id));
    else this.#move = Math.max(-furthest, Math.min(furthest, this.#move + places));
    // What the list shows of clients is news five times a second: one more frame for every key would make the next key wait.
    if (!isHere || isOpen) this.#wake();
  }

  /** The client under the cursor, as it was seen last. */
  #selected(): ServedClient | null {
    const {look, isOpen} = this.store.get();
    if (!look || look.page.at === null) return null;
    return isOpen && look.detail ? look.detail.client : clientAt(look.page, look.page.at);
  }

  #act(act: ServeAct): void {
    const client = this.#selected();
    if (!client) return;
    void this.#server.act(client.id, act).then(isDone => {
      const text = this.#server.place.kind === 'udp' ? serveScreenText.cannotUdp : serveScreenText.cannot;
      if (!isDone) this.#patch({notice: text});
      this.#wake();
    });
  }

  #nextMode(): void {
    const mode = this.store.get().look?.totals.mode ?? 'echo';
    const next = serveModes[(serveModes.indexOf(mode) + 1) % serveModes.length] ?? 'echo';
    void this.#server.setMode(next).then(() => this.#wake());
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      const before = process.cpuUsage();
      await this.#rest(lookMs, true);
      await this.#look();
      const {user, system} = process.cpuUsage(before);
      await this.#rest((user + system) / 1000 / share - lookMs, true);
    }
  }

  async #look(): Promise<void> {
    this.#isStale = false;
    const {order, cursor, isOpen} = this.store.get();
    const {clients, events} = this.#around.room();
    const move = this.#move;
    this.#move = 0;
    const page = {order, cursor, move, count: clients, top: this.#top};
    const detail = isOpen ? cursor : null;
    const look = await this.#server.look({page, detail, since: null, atMost: events, waits: false});
    if (this.#isOver) return;
    if (!look) return this.#around.ended();
    this.#top = look.page.top;
    const opened = look.detail?.client ?? null;
    this.#wire.follow(opened);
    const frames = opened && (await this.#wire.look(opened, look.at));
    const kernel = this.#kernel;
    // It stays with its client; and the first place stays the first place, until somebody moves away from it.
    const under = move === 0 || look.page.at === null ? cursor : (clientAt(look.page, look.page.at)?.id ?? null);
    // Keys may have moved it meanwhile, or changed the order.
    this.store.set(state =>
      state.cursor === cursor
        ? {...state, look, kernel, frames, cursor: under}
        : withCursor({...state, kernel, frames}, look, state.cursor),
    );
    if (this.#move !== 0 || (isOpen && move !== 0)) this.#wake();
  }

  /** Reads the kernel’s rows of the clients that are shown. */
  async #watchKernel(): Promise<void> {
    const {place, pid} = this.#server;
    while (!this.#isOver) {
      const began = performance.now();
      const {look} = this.store.get();
      const shown = [...(look?.page.clients ?? []), ...(look?.detail ? [look.detail.client] : [])];
      // Drawn with the next look.
      this.#kernel = await readRows(pid, place, shown);
      await this.#rest(Math.max(kernelMs, (performance.now() - began) / share), false);
    }
  }

  /** Waits; the end cuts it short, and a key where it is `isForKeys`. */
  #rest(ms: number, isForKeys: boolean): Promise<void> {
    if (ms <= 0 || this.#isOver || (isForKeys && this.#isStale)) return Promise.resolve();
    return new Promise(resolve => {
      const rest = {
        isForKeys,
        done: () => {
          clearTimeout(timer);
          this.#resting.delete(rest);
          resolve();
        },
      };
      const timer = setTimeout(rest.done, ms);
      this.#resting.add(rest);
    });
  }

  /** What is on the screen is to be looked at anew. */
  #wake(): void {
    this.#isStale = true;
    for (const {isForKeys, done} of [...this.#resting]) if (isForKeys || this.#isOver) done();
  }

  #patch(change: Partial<ServeState>): void {
    this.store.set(state => ({...state, ...change}));
  }
}

/** They look anew where it takes that. */
const moves: ReadonlySet<ServeIntent> = new Set(['up', 'down', 'page-up', 'page-down', 'last']);

/** More places than there are clients. */
const furthest = Number.MAX_SAFE_INTEGER;

const clientAt = ({top, clients}: ServeLook['page'], at: number): ServedClient | null => clients[at - top] ?? null;

/** The cursor on this client, where the page shows it: the server will know of it at the next look. */
function withCursor(state: ServeState, look: ServeLook, cursor: number | null): ServeState {
  const {page} = look;
  const index = page.clients.findIndex(({id}) => id === cursor);
  const at = index < 0 ? page.at : page.top + index;
  return {...state, cursor, look: {...look, page: {...page, at}}};
}
