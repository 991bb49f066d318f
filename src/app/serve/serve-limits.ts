import type {DescriptorLimit} from '../../lab/kernel/descriptor-limit.ts';
import {fill} from '../../messages/fill.ts';
import {limitText} from '../../messages/serve.ts';
import type {ServeLimit, ServeLimits, ServePlace} from '../../model/serve.ts';
import type {Language} from '../../model/text.ts';
import type {ServeWish} from './serve-options.ts';
import {isLocal} from './serve-place.ts';

/** How many clients, bytes, seconds and bytes of a line are usual where other machines can connect. */
const openLimits: ServeLimits = {
  ...{clients: 200, perAddress: 50, bytes: 16 * 1024 * 1024, idle: 600, line: 64 * 1024},
  rate: 200,
};
/** Datagrams in a second that no program of this machine needs more of; two servers that echo would send ten times as many. */
const localRate = 10_000;

/** What a server at this place allows its clients: what was wished, and the usual for the rest. `src/lab/serve` holds to it. */
export function limitsFor(wished: ServeWish['limits'], place: ServePlace, room: DescriptorLimit): ServeLimits {
  const none = {perAddress: null, bytes: null, idle: null, line: null};
  const usual = isLocal(place) ? {clients: room.clients, ...none, rate: localRate} : openLimits;
  const {perAddress, bytes, idle, line, rate} = {...usual, ...wished};
  // Addresses that send datagrams take no descriptor.
  const most = place.kind === 'udp' ? Number.POSITIVE_INFINITY : room.clients;
  const clients = Math.min(wished.clients ?? usual.clients, most);
  // A Unix socket has no IP addresses, and only UDP has datagrams.
  return {
    ...{clients, bytes, idle},
    perAddress: place.kind === 'unix' ? null : perAddress,
    line: place.kind === 'udp' ? null : line,
    rate: place.kind === 'udp' ? rate : null,
  };
}

/** The limits that there are, each in words. */
export const limitWords = (limits: ServeLimits, language: Language): string[] =>
  (Object.keys(limitText) as ServeLimit[]).flatMap(name => {
    const value = limits[name];
    return value === null ? [] : [fill(limitText[name], language, {value})];
  });
