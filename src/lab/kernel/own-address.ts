import {networkInterfaces} from 'node:os';
import {plainHost} from '../../model/address.ts';

/** Whether what goes to this address stays on this machine: Linux sends it over the loopback, whichever device has the address. */
export function isOwnAddress(host: string): boolean {
  const plain = plainHost(host);
  if (plain.startsWith('127.')) return true;
  return Object.values(networkInterfaces()).some(all => all?.some(({address}) => plainHost(address) === plain));
}
