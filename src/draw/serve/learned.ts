import type {Learned} from '../../messages/serve-screen.ts';
import type {ServedClient} from '../../model/serve.ts';

/** Seconds without a byte after which a client counts as silent. */
const silentAfter = 3;
/** Reads after which bytes that came one by one are noticed. */
const enoughChunks = 4;

/**
 * What a client shows by what it does, the most telling first.
 *
 * @param at seconds since the server began
 */
export function learnedOf(client: ServedClient, at: number): Learned[] {
  const {speaks, isPaused, heldSince, bytesIn, chunks, hasEnded, isEnded, end, until} = client;
  const isOpen = until === null;
  const found: (Learned | false | null)[] = [
    isOpen && isPaused && 'paused',
    isOpen && heldSince !== null && at - heldSince >= 1 && 'not-reading',
    speaks,
    isOpen && bytesIn === 0 && at - client.since >= silentAfter && 'silent',
    bytesIn > 0 && chunks >= enoughChunks && bytesIn < 2 * chunks && 'byte-by-byte',
    bytesIn > 0 && speaks !== 'http' && (isText(client.tail) ? 'utf-8' : 'binary'),
    isOpen && hasEnded && 'done-sending',
    isOpen && isEnded && end === null && 'half-closed',
  ];
  return found.filter(one => one !== false && one !== null);
}

/** Whether the newest bytes of a stream are UTF-8 (RFC 3629) without NUL. A character may be cut at either end. */
export function isText(tail: Uint8Array): boolean {
  const start = tail.findIndex(byte => (byte & 0xc0) !== 0x80);
  if (start < 0 || start > 3) return tail.length === 0;
  try {
    return !new TextDecoder('utf-8', {fatal: true}).decode(tail.subarray(start), {stream: true}).includes('\0');
  } catch {
    return false;
  }
}
