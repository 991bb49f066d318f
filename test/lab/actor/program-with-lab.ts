// A program with a lab, to be killed. Prints as JSON the pids of its actors, of what they run, and of strace: the actors idle,
// blocked, Node itself, running a program, or with others that were started later or are being started.
import {makeFolder, writeFiles} from '../../../src/lab/file/folder.ts';
import {openLab} from '../../../src/lab/lab.ts';
import {listening, nameOf, socket} from '../calls.ts';
import {childrenOf} from '../processes.ts';

// Bounded, should nobody kill it.
setTimeout(() => process.exit(1), 110_000).unref();

const mode = process.argv[2];
const folder = await makeFolder();
const lab = await openLab(['server', 'client'], folder.path, mode === 'node' ? {nodeActors: ['server', 'client']} : {});
const pids: number[] = lab.actors.map(actor => actor.pid);
if (mode === 'running') {
  await writeFiles(folder.path, [{name: 'stay.js', text: 'setInterval(() => {}, 1000)'}]);
  const started = new Promise<number>(resolve =>
    lab.onNews((_, news) => news.kind === 'program-started' && resolve(news.pid)),
  );
  void lab.perform('server', {name: 'run', args: ['stay.js']});
  pids.push(await started);
}
if (mode === 'node') pids.push(...childrenOf(process.pid));
if (mode === 'blocked') {
  const {fd: listener} = await listening(lab);
  const receiver = await socket(lab, 'client', 'AF_INET', 'SOCK_DGRAM');
  void lab.perform('server', {name: 'accept', fd: listener});
  void lab.perform('client', {name: 'recv', fd: receiver, length: 1, flags: 0});
  // An actor hears its requests in order: these answers say that it has begun the calls before them.
  await nameOf(lab, 'server', listener);
  await nameOf(lab, 'client', receiver);
}
if (mode === 'started') {
  pids.push(await lab.start('client-2'));
  await lab.kill('server');
  pids.push(await lab.start('server'));
}
if (mode === 'starting') {
  void lab.start('client-2');
  pids.push(...childrenOf(process.pid).filter(pid => !pids.includes(pid)));
}
process.stdout.write(`${JSON.stringify(pids)}\n`);
