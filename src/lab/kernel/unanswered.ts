import {isIPv6} from 'node:net';
import {type Endpoint, plainHost} from '../../model/address.ts';
import type {WhyUnanswered} from '../../model/serve.ts';
import {isOwnAddress} from './own-address.ts';

type Inet = Extract<Endpoint, {readonly host: string}>;

/** Echo, Daytime, Quote of the Day, Character Generator and Time (RFC 862, 867, 865, 864, 868) answer whatever comes. */
const services: ReadonlySet<number> = new Set([7, 13, 17, 19, 37]);

/**
 * Why a datagram gets no answer; null where it gets one. The address that it comes from may be forged, and an answer to one that
 * answers in turn would go on for ever.
 */
export function whyUnanswered(bytes: Uint8Array, from: Inet, own: Inet): WhyUnanswered | null {
  if (services.has(from.port)) return 'service';
  if (from.port === own.port && isOwn(from.host, own.host)) return 'itself';
  return bytes.length === 0 ? 'empty' : null;
}

const isOwn = (host: string, own: string): boolean =>
  isAnywhere(own) ? isOwnAddress(host) : plainHost(host) === plainHost(own);

const isAnywhere = (host: string): boolean => (isIPv6(host) ? /^[0:]+$/.test(host) : host === '0.0.0.0');
