// What namespaces.ts does, told as JSON. Runs in `unshare -Urn`; with the argument `refused`, in `unshare -U` without privileges.
import {execFileSync} from 'node:child_process';
import {fstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync} from 'node:fs';
import {inNamespace, makeNamespace} from '../../../src/lab/network/namespaces.ts';
import {KernelRefused} from '../../../src/lab/network/network-calls.ts';

const current = () => readlinkSync('/proc/thread-self/ns/net');
const identity = (fd: number) => `net:[${fstatSync(fd).ino}]`;
const descriptors = () => readdirSync('/proc/self/fd').length;
const forwarding = '/proc/sys/net/ipv4/ip_forward';

/** What the work gave or threw, and whether this thread is where it was. */
function tried(work: () => unknown) {
  const before = current();
  let said: unknown;
  try {
    said = work();
  } catch (error) {
    said = error instanceof KernelRefused ? `refused: ${error.errno}` : String(error);
  }
  return {said, isBack: current() === before};
}

const fail = () => {
  throw new Error('of the work');
};

function made() {
  const [a, b] = [makeNamespace(), makeNamespace()];
  const open = descriptors();
  inNamespace(a, () => writeFileSync(forwarding, '1'));
  const seen = {
    different: new Set([current(), identity(a), identity(b)]).size,
    making: tried(() => makeNamespace() > 0),
    inside: tried(() => inNamespace(a, current) === identity(a)),
    deeper: tried(() => inNamespace(a, () => [inNamespace(b, current) === identity(b), current() === identity(a)])),
    child: tried(() =>
      inNamespace(a, () => execFileSync('readlink', ['/proc/self/ns/net'], {encoding: 'utf8'}).trim()),
    ),
    forwards: [a, b].map(fd => inNamespace(fd, () => readFileSync(forwarding, 'utf8').trim())),
    devices: inNamespace(a, () => readFileSync('/proc/thread-self/net/dev', 'utf8').match(/\S+(?=:)/g)),
    throwing: tried(() => inNamespace(a, fail)),
    notOne: tried(() => inNamespace(0, () => 'went there')),
  };
  return {...seen, child: {...seen.child, said: seen.child.said === identity(a)}, opened: descriptors() - open};
}

process.stdout.write(JSON.stringify(process.argv[2] === 'refused' ? tried(makeNamespace) : made()));
