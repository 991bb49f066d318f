import type {PageWords, ServeHappening, ServeLimits, ServeMode} from '../../model/serve.ts';

/** What all clients of a server share. */
export interface Shared {
  readonly limits: ServeLimits;
  readonly greeting: Buffer;
  readonly page: PageWords;
  /** The server’s own address, as it is written. */
  readonly to: string;
  readonly counted: {bytesIn: number; bytesOut: number};
  mode: ServeMode;
  /** Seconds since the server began. */
  now(): number;
  tell(happening: ServeHappening): void;
  /** Bytes have come from a client. */
  tellReceived(client: number, chunk: Uint8Array): void;
}

/** Bytes of each direction that can be looked at. */
export const keptBytes = 512;
/** Bytes of a row, and of an event. */
export const shownBytes = 48;
/** How long `delayed` delays, in milliseconds. */
export const delayMs = 1000;
