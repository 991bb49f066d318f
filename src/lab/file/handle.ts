import type {Socket} from 'node:net';

/** What libuv’s side of a socket has, in all versions of Node since 0.12; it is not part of Node’s documented interface. */
interface Handle {
  readonly fd?: number;
  reading: boolean;
  readStart(): number;
  readStop(): number;
}

const handleOf = (socket: Socket): Handle | null => (socket as unknown as {_handle: Handle | null})._handle;

/** The descriptor of a socket; null where it is closed. */
export const descriptorOf = (socket: Socket): number | null => {
  const n = handleOf(socket)?.fd ?? -1;
  return n < 0 ? null : n;
};

/**
 * Stops calling read(2) at once. After pause() alone Node still reads one stretch ahead, and a few bytes never stay in the
 * kernel’s receive queue, where they are to be seen.
 */
export function stopReading(socket: Socket): void {
  socket.pause();
  const handle = handleOf(socket);
  if (!handle?.reading) return;
  handle.reading = false;
  handle.readStop();
}

export function goOnReading(socket: Socket): void {
  const handle = handleOf(socket);
  if (handle && !handle.reading) {
    handle.reading = true;
    handle.readStart();
  }
  socket.resume();
}
