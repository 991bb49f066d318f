import {createSocket} from 'node:dgram';

/** The device lo is down: this machine does not reach itself. */
export class NoLoopback extends Error {}

/** Any port will do: connect() of UDP sends nothing, and looks for a route only (man 7 udp). */
const somePort = 9;

/** Throws `NoLoopback` where 127.0.0.1 has no route. */
export async function needLoopback(): Promise<void> {
  const probe = createSocket('udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      // With a callback the error comes to it, though its type does not say so (Node.js dgram, socket.connect()).
      probe.connect(somePort, '127.0.0.1', ((error?: Error) => (error ? reject(error) : resolve())) as () => void);
    });
  } catch (error) {
    throw new NoLoopback((error as NodeJS.ErrnoException).code ?? String(error));
  } finally {
    probe.close();
  }
}
