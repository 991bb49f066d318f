import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';
import {type EchoProcess, startEcho} from '../../../src/lab/serve/echo-process.ts';
import type {LookWish} from '../../../src/lab/serve/echo-protocol.ts';
import {pageWords} from '../../../src/messages/serve-page.ts';
import {port} from '../../../src/model/brands.ts';
import type {ServedClient, ServeEvent, ServeLook, ServeSetup} from '../../../src/model/serve.ts';
import {until} from '../until.ts';

const usual: ServeSetup = {
  place: {kind: 'tcp', host: '127.0.0.1', port: port(0)},
  greeting: Buffer.from('hello, world!'),
  limits: {clients: 10_000, perAddress: null, bytes: null, idle: null, line: null, rate: null},
  page: pageWords('en', Buffer.from('hello, world!')),
  tellsBytes: true,
};

const firstPage = {order: 'oldest', count: 50, top: 0, cursor: null, move: 0} as const;

/** The echo server’s process on a port of its own, until the test is over. */
export class Echo {
  readonly server: EchoProcess;

  private constructor(server: EchoProcess) {
    this.server = server;
  }

  static async open(setup: Partial<ServeSetup> = {}): Promise<Echo> {
    const server = await startEcho({...usual, ...setup});
    onTestFinished(async () => server[Symbol.asyncDispose]());
    return new Echo(server);
  }

  get port(): number {
    return 'port' in this.server.place ? this.server.place.port : 0;
  }

  /** A client that the server knows of, or has turned away; the test’s end destroys it. */
  async client(options: {readonly allowHalfOpen?: boolean} = {}): Promise<Client> {
    const known = async () => {
      const {all, turnedAway} = (await this.look({atMost: 0})).totals;
      return all + turnedAway;
    };
    const before = await known();
    const socket = connect({port: this.port, host: '127.0.0.1', ...options});
    onTestFinished(() => void socket.destroy());
    const client = new Client(socket);
    await once(socket, 'connect');
    await until('the server knows of the client', async () => (await known()) > before);
    return client;
  }

  async look(wish: Partial<LookWish> = {}): Promise<ServeLook> {
    const all = {page: firstPage, detail: null, since: 0, atMost: 5000, waits: false};
    const look = await this.server.look({...all, ...wish});
    if (!look) throw new Error('the server has gone');
    return look;
  }

  /** A client as the server sees it. */
  async row(id: number): Promise<ServedClient> {
    const row = (await this.look()).page.clients.find(client => client.id === id);
    if (!row) throw new Error(`the server shows no client ${id}`);
    return row;
  }

  /** Waits for an event of this kind. */
  async event<Kind extends ServeEvent['kind']>(kind: Kind): Promise<Extract<ServeEvent, {kind: Kind}>> {
    let found: ServeEvent | undefined;
    await until(`the server tells of ${kind}`, async () => {
      found = (await this.look()).events.find(event => event.kind === kind);
      return found !== undefined;
    });
    return found as Extract<ServeEvent, {kind: Kind}>;
  }
}

/** One connection, and all that came through it. */
export class Client {
  readonly socket: Socket;
  #chunks: Buffer[] = [];
  hasEnded = false;
  errno: string | null = null;
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    socket.on('end', () => {
      this.hasEnded = true;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.errno = error.code ?? '';
    });
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  get received(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  get text(): string {
    return this.received.toString('latin1');
  }

  /** Waits until exactly this has come. */
  async has(text: string): Promise<void> {
    await until(`the client has ${JSON.stringify(text)}`, () => this.text === text).catch(error => {
      throw new Error(`${error.message}; it has ${JSON.stringify(this.text.slice(0, 500))}`);
    });
  }

  async closed(): Promise<void> {
    await until('the client’s connection is closed', () => this.isClosed);
  }
}
