import {isIP} from 'node:net';
import {labText} from '../messages/lab.ts';
import type {Address} from '../model/address.ts';
import {isPort, port} from '../model/brands.ts';
import type {Text} from '../model/text.ts';
import type {Complaint} from './options.ts';

type Read = {readonly address: Address} | {readonly complaint: Complaint};

/** An address and port as they are typed, of this machine only: an experiment stays on loopback. */
export function readAddress(word: string, call: string): Read {
  const [, six, name, number] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+)):([^:]*)$/.exec(word) ?? [];
  const host = six ?? name;
  if (host === undefined || number === undefined) return wrong(textWithoutPort(word), {word});
  const isNumbers = isIP(host) === (six === undefined ? 4 : 6);
  if (!isNumbers && !/^[\d.]+$/.test(host)) {
    return isName(host) ? wrong(labText.hostName, {host, call}) : wrong(labText.badAddress, {word});
  }
  if (!isNumbers) return wrong(labText.badAddress, {word});
  if (!/^\d{1,5}$/.test(number) || !isPort(Number(number))) return wrong(labText.badPort, {port: number});
  if (!isOwn(host)) return wrong(labText.notHere, {host});
  return {address: {family: six === undefined ? 'AF_INET' : 'AF_INET6', host, port: port(Number(number))}};
}

function textWithoutPort(word: string): Text {
  if (/^\d{1,5}$/.test(word) && isPort(Number(word))) return labText.onlyPort;
  return isIP(word) === 4 || /^\[[0-9a-f:.]+\]$/i.test(word) ? labText.noPort : labText.badAddress;
}

const isName = (host: string): boolean => /^[a-z][a-z0-9.-]*$/i.test(host);

const isOwn = (host: string): boolean => host === '::1' || host === '::' || host === '0.0.0.0' || /^127\./.test(host);

const wrong = (text: Text, values: Complaint['values']): Read => ({complaint: {text, values}});
