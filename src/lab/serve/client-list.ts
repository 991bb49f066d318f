import type {ClientDetail, ClientPage, ServedClient} from '../../model/serve.ts';
import {cutPage, rankOf} from './client-page.ts';
import type {PageWish} from './echo-protocol.ts';

/** A client that can be looked at. */
export interface Shown {
  readonly id: number;
  row(): ServedClient;
  detail(): ClientDetail;
}

/** Clients that have gone can be looked at until so many others have gone. */
const goneKept = 100;

/** The clients of a server, and the last ones that have gone. Nothing here takes longer when there are many, but for a page. */
export class ClientList<Client extends Shown> {
  readonly #open = new Map<number, Client>();
  readonly #gone = new Map<number, ClientDetail>();
  /** Both, in ascending order. */
  readonly #ids: number[] = [];
  #all = 0;

  /** How many there ever were. */
  get all(): number {
    return this.#all;
  }

  get size(): number {
    return this.#open.size;
  }

  open(): IterableIterator<Client> {
    return this.#open.values();
  }

  get(id: number): Client | null {
    return this.#open.get(id) ?? null;
  }

  /** Adds the one that has the next number. */
  add(make: (id: number) => Client): Client {
    this.#all += 1;
    const client = make(this.#all);
    this.#open.set(client.id, client);
    this.#ids.push(client.id);
    return client;
  }

  /** It has gone, at this moment: how it was then is kept for a while. */
  close(client: Client, at: number): void {
    const {received, sent, client: last} = client.detail();
    this.#open.delete(client.id);
    this.#gone.set(client.id, {client: {...last, fd: null, until: at}, received, sent});
    const [oldest] = this.#gone.keys();
    if (this.#gone.size <= goneKept || oldest === undefined) return;
    this.#gone.delete(oldest);
    this.#ids.splice(rankOf(this.#ids, oldest), 1);
  }

  detail(id: number): ClientDetail | null {
    return this.#open.get(id)?.detail() ?? this.#gone.get(id) ?? null;
  }

  page(wish: PageWish): ClientPage {
    const {top, at, ids} = cutPage(this.#ids, wish);
    const clients = ids.map(id => this.#open.get(id)?.row() ?? this.#gone.get(id)?.client);
    return {total: this.#ids.length, top, at, clients: clients.filter(client => client !== undefined)};
  }
}
