import {readFile} from 'node:fs/promises';

/** Descriptors that a server of ours has for other things than clients: its channel, epoll, files, the listening socket. */
const forItself = 64;

/** How many descriptors a process may have (RLIMIT_NOFILE, man 2 getrlimit), and how many clients that leaves room for. */
export interface DescriptorLimit {
  readonly limit: number;
  readonly clients: number;
}

/** The limit of this process, which its children inherit. Node raises it to the hard limit when it starts. */
export async function descriptorLimit(): Promise<DescriptorLimit> {
  const text = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const limit = Number(/^Max open files +(\d+)/m.exec(text)?.[1] ?? 1024);
  return {limit, clients: Math.max(1, limit - forItself)};
}
