import {learnedText, serveScreenText} from '../src/messages/serve-screen.ts';
import {endpointText} from '../src/model/address.ts';
import type {ClientDetail} from '../src/model/serve.ts';
import {byteLines} from './byte-lines.ts';
import {kernelEndLine} from './kernel-end.ts';
import {learnedOf} from './learned.ts';
import type {Look} from './look.ts';
import {ageText, type KernelRow} from './serve-rows.ts';
import {type Line, spread, styled} from './spans.ts';
import {wrap} from './wrap.ts';

export interface ClientData {
  readonly detail: ClientDetail;
  readonly serverEnd: KernelRow | null;
  readonly clientEnd: KernelRow | null;
  /** How its connection ended, in words; null while it lasts. */
  readonly over: string | null;
  readonly at: number;
}

/** One client: both ends as the kernel shows them, what was learned, and its newest bytes each way. */
export function clientLines(data: ClientData, look: Look, size: {width: number; height: number}): Line[] {
  const {detail, at} = data;
  const {client, received, sent} = detail;
  const {width, height} = size;
  const paragraph = (text: string, style: Omit<Line[number], 'text'>): Line[] =>
    wrap(text, width - 2).map((line): Line => [styled(` ${line}`, style)]);
  const {bytesIn, bytesOut, chunks, unsent} = client;
  const top = [
    titleLine(data, look, width),
    ...(client.from ? endLines(data, look, width) : []),
    ...paragraph(look.say(serveScreenText.counts, {bytesIn, bytesOut, chunks, unsent}), {}),
    ...learnedOf(client, at).flatMap(one => paragraph(look.say(learnedText[one].sentence), {color: 'yellow'})),
    ...(data.over === null ? [] : paragraph(look.say(serveScreenText.goneHow, {how: data.over}), {color: 'magenta'})),
  ];
  const each = Math.max(1, Math.floor((height - top.length - 2) / 2));
  return [
    ...top,
    ...bytesBlock(look.say(serveScreenText.received, {n: received.length}), received, look, each),
    ...bytesBlock(look.say(serveScreenText.sent, {n: sent.length}), sent, look, each),
  ];
}

function titleLine({detail: {client}, at}: ClientData, look: Look, width: number): Line {
  const age = ageText((client.until ?? at) - client.since);
  return spread(
    [
      styled(` ${look.say(serveScreenText.clientTitle, {n: client.id})}`, {bold: true, color: 'cyan'}),
      {text: `  ${client.from ? endpointText(client.from) : ''}`},
    ],
    [styled(`${client.fd === null ? '' : `fd ${client.fd}  `}${age} `, {dim: true})],
    width,
  );
}

function endLines({detail: {client}, serverEnd, clientEnd}: ClientData, look: Look, width: number): Line[] {
  const missing = client.until === null && serverEnd ? serveScreenText.elsewhere : serveScreenText.notListed;
  return [
    kernelEndLine(look.say(serveScreenText.serverEnd), serverEnd, look.say(serveScreenText.notListed), look, width),
    kernelEndLine(look.say(serveScreenText.clientEnd), clientEnd, look.say(missing), look, width),
  ];
}

function bytesBlock(title: string, bytes: Uint8Array, look: Look, most: number): Line[] {
  const lines = byteLines(bytes, look, most);
  return [
    [styled(` ${title}`, {bold: true})],
    ...(lines.length > 0 ? lines : [[styled(` ${look.say(serveScreenText.none)}`, {dim: true})]]),
  ];
}
