import {readdir} from 'node:fs/promises';
import {type Fd, fd, type Pid} from '../../model/brands.ts';

/** The open descriptors of a process (/proc/PID/fd, man 5 proc), in order; none where it is gone. */
export async function descriptorsOf(pid: Pid): Promise<readonly Fd[]> {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  return names
    .map(Number)
    .sort((a, b) => a - b)
    .map(fd);
}
