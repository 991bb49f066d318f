import {closeSync, openSync} from 'node:fs';
import {type Answered, KernelRefused, networkCalls} from './network-calls.ts';

/** include/uapi/linux/sched.h */
const CLONE_NEWNET = 0x40000000;

/**
 * Makes a network namespace with nothing in it but `lo`, which is down, and answers a descriptor of it: it is there as long as
 * the descriptor, a process or a thread in it. Whoever makes it closes it. Throws `KernelRefused` (EPERM where this process is
 * not root of its user namespace). man 2 unshare, man 7 network_namespaces.
 */
export function makeNamespace(): number {
  const here = openCurrent();
  try {
    required('unshare(CLONE_NEWNET)', networkCalls().unshare(CLONE_NEWNET));
    try {
      return openCurrent();
    } finally {
      enter(here);
    }
  } finally {
    closeSync(here);
  }
}

/**
 * Does the work in a network namespace, and comes back from it, also when the work throws. Sockets that it opens, processes that
 * it starts and files of /proc/sys/net that it writes are those of the namespace. Only this thread goes there, so the work has
 * to be synchronous: what it awaits, and what Node or koffi does on another thread, happens outside.
 *
 * man 2 setns. Throws `KernelRefused`.
 */
export function inNamespace<T>(namespace: number, work: () => T): T {
  const here = openCurrent();
  try {
    enter(namespace);
    try {
      return work();
    } finally {
      enter(here);
    }
  } finally {
    closeSync(here);
  }
}

// Not /proc/self: that is the main thread's, wherever this one is.
const openCurrent = (): number => openSync('/proc/thread-self/ns/net', 'r');

const enter = (namespace: number): void =>
  required('setns(CLONE_NEWNET)', networkCalls().setns(namespace, CLONE_NEWNET));

function required(what: string, answer: Answered): void {
  if (answer.kind === 'failed') throw new KernelRefused(what, answer.errno);
}
