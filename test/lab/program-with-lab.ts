// A program with a lab, to be killed. Prints the pids of its actors as JSON: of idle ones, or of ones that are blocked.
import {openLab} from '../../src/lab/lab.ts';
import {listening, nameOf, socket} from './calls.ts';

// Bounded, should nobody kill it.
setTimeout(() => process.exit(1), 45_000).unref();

const lab = await openLab(['server', 'client']);
if (process.argv[2] === 'blocked') {
  const {fd: listener} = await listening(lab);
  const receiver = await socket(lab, 'client', 'AF_INET', 'SOCK_DGRAM');
  void lab.perform('server', {name: 'accept', fd: listener});
  void lab.perform('client', {name: 'recv', fd: receiver, length: 1, flags: 0});
  // An actor hears its requests in order: these answers say that it has begun the calls before them.
  await nameOf(lab, 'server', listener);
  await nameOf(lab, 'client', receiver);
}
process.stdout.write(`${JSON.stringify(lab.actors.map(actor => actor.pid))}\n`);
