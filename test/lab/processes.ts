import {readdirSync, readFileSync} from 'node:fs';

/** True once the process has ended: nobody has its pid, or only the record that its parent has not read (a zombie). */
export function isGone(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return 'ZX'.includes(stat.slice(stat.lastIndexOf(')') + 2)[0] ?? 'X');
  } catch {
    return true;
  }
}

/** The children of a process, zombies too (man 5 proc, /proc/PID/task/TID/children). */
export function childrenOf(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const lists = tasks.map(tid => readFileSync(`/proc/${pid}/task/${tid}/children`, 'utf8'));
  return lists.flatMap(list => list.split(' ').filter(Boolean).map(Number));
}

/** Whether all of them have ended. Of none nothing is known: then what should have found them is wrong. */
export function areGone(pids: readonly number[]): boolean {
  if (pids.length === 0) throw new Error('no process was found that could be gone');
  return pids.every(isGone);
}
