import type {Endpoint} from '../model/address.ts';
import type {Count, EndClaim, PortClaim} from '../model/lesson.ts';
import type {Found} from './found.ts';

/** What claims say of ends, ports and counts: whether it is so, and how it is written down. */

export function isEnd({host, port}: EndClaim, end: Endpoint | null, found: Found): boolean {
  if (host !== undefined && (!end || !('host' in end) || end.host !== host)) return false;
  return port === undefined || isPort(port, end, found);
}

export function isPort(claim: PortClaim, end: Endpoint | null, found: Found): boolean {
  const port = end && 'port' in end ? end.port : 0;
  switch (claim) {
    case 'none':
      return port === 0;
    case 'server':
      return port === found.serverPort;
    case 'another':
      return port !== 0 && port !== found.serverPort;
    default: {
      if (typeof claim === 'number') return port === claim;
      const other = found.socket(claim.of)?.local;
      return port !== 0 && other !== undefined && other !== null && 'port' in other && port === other.port;
    }
  }
}

export const portClaimText = (port: PortClaim): string =>
  typeof port === 'object' ? `port of ${port.of}` : `${port} port`;
export const endText = ({host, port}: EndClaim): string =>
  [host, port === undefined ? undefined : portClaimText(port)].filter(part => part !== undefined).join(', ');

interface Range {
  readonly least: number;
  readonly below?: number;
}

const countOf = (claim: Count, found: Found): Range | number =>
  typeof claim === 'number' || 'least' in claim ? claim : found.bytes(claim).length;

export function isCount(claim: Count | undefined, seen: number | null, found: Found): boolean {
  if (claim === undefined) return true;
  const wanted = countOf(claim, found);
  return seen !== null && (typeof wanted === 'number' ? seen === wanted : isInRange(seen, wanted));
}

export const isInRange = (seen: number, {least, below = Number.POSITIVE_INFINITY}: Range): boolean =>
  seen >= least && seen < below;

export function countText(name: string, claim: Count | undefined, found: Found): string {
  if (claim === undefined) return '';
  const wanted = countOf(claim, found);
  return ` ${name} ${typeof wanted === 'number' ? wanted : rangeText(wanted)}`;
}

export const rangeText = ({least, below}: Range): string =>
  below === undefined ? `>= ${least}` : `${least}..${below - 1}`;
