import {learnedText, serveScreenText} from '../../messages/serve-screen.ts';
import {endpointText} from '../../model/address.ts';
import type {ClientDetail, ServePlace} from '../../model/serve.ts';
import {byteLines} from '../text/byte-lines.ts';
import type {Look} from '../text/look.ts';
import {type Line, spread, styled} from '../text/spans.ts';
import {wrap} from '../text/wrap.ts';
import {type ClientFrames, clientFrameLines, rowsForFrames} from '../wire/client-frames.ts';
import {kernelEndLine} from './kernel-end.ts';
import {learnedOf} from './learned.ts';
import {ageText, type KernelRow} from './serve-rows.ts';

export interface ClientData {
  readonly kind: ServePlace['kind'];
  readonly detail: ClientDetail;
  /** Of UDP the one socket that serves all. */
  readonly serverEnd: KernelRow | null;
  readonly clientEnd: KernelRow | null;
  /** How its connection ended, in words; null while it lasts. */
  readonly over: string | null;
  readonly frames: ClientFrames;
  readonly at: number;
}

/** One client: both ends as the kernel shows them, what was learned, its newest bytes each way, and its frames. */
export function clientLines(data: ClientData, look: Look, size: {width: number; height: number}): Line[] {
  const {detail, frames, at} = data;
  const {client, received, sent} = detail;
  const {width, height} = size;
  const paragraph = (text: string, style: Omit<Line[number], 'text'>): Line[] =>
    wrap(text, width - 2).map((line): Line => [styled(` ${line}`, style)]);
  const {bytesIn, bytesOut, chunks, unsent} = client;
  const top = [
    titleLine(data, look, width),
    ...endLines[data.kind](data, look, width),
    ...(data.kind === 'udp' ? paragraph(look.say(serveScreenText.noConnections), {dim: true}) : []),
    ...paragraph(
      look.say(data.kind === 'udp' ? serveScreenText.datagrams : serveScreenText.counts, {
        bytesIn,
        bytesOut,
        chunks,
        unsent,
      }),
      {},
    ),
    ...learnedOf(client, at).flatMap(one => paragraph(look.say(learnedText[one].sentence), {bold: true})),
    ...(data.over === null ? [] : paragraph(look.say(serveScreenText.goneHow, {how: data.over}), {bold: true})),
  ];
  const rest = height - top.length;
  const each = Math.max(1, Math.floor((rest - rowsForFrames(frames, look, {width, height: rest}) - 2) / 2));
  const bytes = [
    ...bytesBlock(look.say(serveScreenText.received, {n: received.length}), received, look, each),
    ...bytesBlock(look.say(serveScreenText.sent, {n: sent.length}), sent, look, each),
  ];
  // Few bytes leave more room.
  return [...top, ...bytes, ...clientFrameLines(frames, look, {width, height: rest - bytes.length})];
}

function titleLine({detail: {client}, at}: ClientData, look: Look, width: number): Line {
  const age = ageText((client.until ?? at) - client.since);
  return spread(
    [
      styled(` ${look.say(serveScreenText.clientTitle, {n: client.id})}`, {bold: true, tone: 'client'}),
      {text: `  ${client.from ? endpointText(client.from) : ''}`},
    ],
    [styled(`${client.fd === null ? '' : `fd ${client.fd}  `}${age} `, {dim: true})],
    width,
  );
}

type EndLines = (data: ClientData, look: Look, width: number) => Line[];

const endLines: Readonly<Record<ServePlace['kind'], EndLines>> = {
  tcp({detail: {client}, serverEnd, clientEnd}, look, width) {
    const missing = client.until === null && serverEnd ? serveScreenText.elsewhere : serveScreenText.notListed;
    return [
      kernelEndLine(look.say(serveScreenText.serverEnd), serverEnd, look.say(serveScreenText.notListed), look, width),
      kernelEndLine(look.say(serveScreenText.clientEnd), clientEnd, look.say(missing), look, width),
    ];
  },
  udp({serverEnd, clientEnd}, look, width) {
    const [missing, shared] = [look.say(serveScreenText.notListed), look.say(serveScreenText.sharedSocket)];
    return [
      kernelEndLine(look.say(serveScreenText.serverEnd), serverEnd, missing, look, width, shared),
      kernelEndLine(look.say(serveScreenText.clientEnd), clientEnd, look.say(serveScreenText.notHere), look, width),
    ];
  },
  unix({serverEnd}, look, width) {
    const [missing, more] = [look.say(serveScreenText.notListed), look.say(serveScreenText.noQueues)];
    return [
      kernelEndLine(look.say(serveScreenText.serverEnd), serverEnd, missing, look, width, more),
      kernelEndLine(look.say(serveScreenText.clientEnd), null, look.say(serveScreenText.notJoined), look, width),
    ];
  },
};

function bytesBlock(title: string, bytes: Uint8Array, look: Look, most: number): Line[] {
  const lines = byteLines(bytes, look, most);
  return [
    [styled(` ${title}`, {bold: true})],
    ...(lines.length > 0 ? lines : [[styled(` ${look.say(serveScreenText.none)}`, {dim: true})]]),
  ];
}
