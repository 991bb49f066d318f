import type {Socket} from 'node:net';
import {type ConnectionRows, keyOf, noRows, readConnections} from '../../lab/kernel/connection-rows.ts';
import {Connection, type ConnectionLook} from '../../lab/serve/connection.ts';
import {connectScreenText} from '../../messages/connect.ts';
import {bytesOfText} from '../../model/payload.ts';
import type {Language, Text} from '../../model/text.ts';
import {longestLine} from '../line/line-edit.ts';
import {TypedText} from '../line/typed-text.ts';
import {createStore, type Store} from '../screen/store.ts';
import type {ConnectIntent} from './connect-keymap.ts';

export type {ConnectionLook};

export interface ConnectState {
  readonly language: Language;
  readonly look: ConnectionLook;
  readonly kernel: ConnectionRows;
  readonly line: string;
  readonly notice: Text | null;
}

/** What comes is shown this often at most, in milliseconds, and the kernel’s table is read this often. */
const showMs = 50;
const kernelMs = 300;

/** One connection, what is typed into it, and what came. */
export class ConnectSession implements AsyncDisposable {
  readonly store: Store<ConnectState>;
  readonly typing: TypedText;
  readonly connection: Connection;
  readonly #isRaw: boolean;
  readonly #exit: (code: number) => void;
  readonly #kernel: NodeJS.Timeout;
  #show: NodeJS.Timeout | null = null;

  /** @param isRaw what is typed is sent without a newline */
  constructor(socket: Socket, isRaw: boolean, language: Language, exit: (code: number) => void) {
    this.connection = new Connection(socket, () => this.#changed());
    this.#isRaw = isRaw;
    this.#exit = exit;
    const look = this.connection.look();
    this.store = createStore<ConnectState>({language, look, kernel: noRows, line: '', notice: null});
    this.typing = new TypedText(
      () => this.store.get().line,
      line => this.#patch({line, ...(line.length < longestLine ? {} : {notice: connectScreenText.lineFull})}),
    );
    this.#kernel = setInterval(() => void this.#readKernel(), kernelMs);
    void this.#readKernel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#kernel);
    if (this.#show) clearTimeout(this.#show);
    this.connection.close();
  }

  handle(intent: ConnectIntent): void {
    this.#patch({notice: null});
    switch (intent) {
      case 'submit':
        return this.#submit();
      case 'half-close':
        return this.#done(this.connection.halfClose());
      case 'reset':
        return this.#done(this.connection.reset());
      case 'pause':
        return this.#done(this.connection.pauseOrResume());
      case 'erase':
        return this.#patch({line: ''});
      case 'language':
        return this.store.set(state => ({...state, language: state.language === 'ja' ? 'en' : 'ja'}));
      case 'leave':
        return this.#exit(this.store.get().look.errno === null ? 0 : 1);
      case 'interrupt':
        return this.#exit(130);
      case 'suspend':
        return;
    }
  }

  /** What the kernel has of both ends; null where it has nothing, or it cannot be seen. */
  get ends() {
    const {kernel} = this.store.get();
    const {local} = this.connection;
    const rowIn = (rows: ConnectionRows['ofClient']) => (local && rows.get(keyOf(local))) ?? null;
    return {ownEnd: rowIn(kernel.ofClient), otherEnd: rowIn(kernel.ofServer)};
  }

  #submit(): void {
    const {line} = this.store.get();
    const isSent = this.connection.send(bytesOfText(this.#isRaw ? line : `${line}\n`));
    if (isSent) this.#patch({line: ''});
    this.#done(isSent);
  }

  #done(isDone: boolean): void {
    this.#patch({look: this.connection.look(), notice: isDone ? null : connectScreenText.cannot});
  }

  #changed(): void {
    this.#show ??= setTimeout(() => {
      this.#show = null;
      this.#patch({look: this.connection.look()});
    }, showMs);
  }

  async #readKernel(): Promise<void> {
    const {local, remote} = this.connection;
    if (!local || !remote || !('host' in local) || !('host' in remote)) return;
    this.#patch({kernel: await readConnections(process.pid, {kind: 'tcp', ...remote}, [local])});
  }

  #patch(change: Partial<ConnectState>): void {
    this.store.set(state => ({...state, ...change}));
  }
}
