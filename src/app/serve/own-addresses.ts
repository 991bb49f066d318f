import {networkInterfaces} from 'node:os';

/** The numeric addresses of this machine, those that other machines can reach first; without link-local ones, which need a device’s name. */
export function ownAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap(addresses => addresses ?? []);
  const named = all.filter(({address}) => !/^fe80:/i.test(address));
  const rank = ({internal, family}: (typeof all)[number]) => (internal ? 2 : 0) + (family === 'IPv4' ? 0 : 1);
  return named.toSorted((a, b) => rank(a) - rank(b)).map(({address}) => address);
}
