import stringWidth from 'string-width';
import {framesText} from '../../messages/frames.ts';
import {tcpFlagsText} from '../../messages/segment.ts';
import {protocolText} from '../../messages/wire.ts';
import type {Probe, Summary} from '../../model/wire.ts';
import type {PassedFrame} from '../../timeline/passed-frame.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, type Span, styled} from '../text/spans.ts';

/**
 * One frame between its two sides, the server on the left: `←── SYN ──────` where there is room, `←SYN────` where there is little.
 *
 * @param grown how much of the arrow is there yet, from 0 to 1: it grows from the sender
 */
export function arrowLine(read: PassedFrame, width: number, look: Look, grown = 1): Line {
  const style = styleOf(read);
  if (grown < 1) return fitLine(partOf(read, width, look, grown, style), width);
  const {horizontal, heads} = look.glyphs;
  const labels = labelsOf(read, look);
  const [best = ''] = labels;
  const isRoomy = width >= roomyFrom && stringWidth(best) + lead + 4 <= width;
  const ends = read.goesTo === null ? 2 : 1;
  const label = labels.find(each => stringWidth(each) + ends <= width) ?? '';
  const isCentred = isRoomy && width >= centredFrom && read.goesTo !== null;
  const before = isCentred ? Math.floor((width - stringWidth(best)) / 2) - 2 : lead;
  const said = isRoomy ? `${horizontal.repeat(before)} ${best} ` : label;
  const [left, right] =
    read.goesTo === 'server' ? [heads[0], ''] : read.goesTo === 'client' ? ['', heads[1]] : [' ', ' '];
  const rest = width - cellsOf(left) - cellsOf(right) - (isRoomy ? before + 2 + stringWidth(best) : stringWidth(label));
  const fill = read.goesTo === null ? ' ' : horizontal;
  const line = [styled(`${left}${said}${fill.repeat(Math.max(0, rest))}${right}`, style)];
  // Long lines of box characters are slow to measure: what is as wide as asked is not measured again.
  return rest >= 0 ? line : fitLine(line, width);
}

/** Of a head: none or one. */
const cellsOf = (head: string): number => head.length;

/** How much of the line stands before the label. */
const lead = 2;
/** In fewer cells all labels stand at the beginning, and so below each other. */
const roomyFrom = 12;
/** From so many cells on a label stands in the middle of its arrow. */
const centredFrom = 20;

function partOf({goesTo}: PassedFrame, width: number, {glyphs}: Look, grown: number, style: Omit<Span, 'text'>): Line {
  const cells = Math.floor(grown * width);
  if (goesTo === null || cells === 0) return [];
  const shaft = glyphs.horizontal.repeat(cells - 1);
  if (goesTo === 'client') return [styled(`${shaft}${glyphs.heads[1]}`, style)];
  return [{text: ' '.repeat(width - cells)}, styled(`${glyphs.heads[0]}${shaft}`, style)];
}

export function styleOf({summary, sender}: PassedFrame): Omit<Span, 'text'> {
  const flags = summary?.kind === 'tcp' ? summary.flags : [];
  const tone = sender ? {tone: sender} : {};
  return flags.some(flag => flag === 'SYN' || flag === 'FIN' || flag === 'RST') ? {...tone, bold: true} : tone;
}

/** What is in a frame, as its arrow says it where there is room: `SYN,ACK`, `15B`. */
export const flagsOf = (read: PassedFrame, look: Look): string => labelsOf(read, look)[0] ?? '';

/** What the arrow says, the best first and the shortest last. A retransmission is marked in each. */
export function labelsOf({summary, times, probe}: PassedFrame, look: Look): readonly string[] {
  if (probe) return [probeLabel[probe], 'probe'];
  const [label, short] = whatIsIn(summary, look);
  if (times < 2) return [label, short];
  return [`${label} ${look.say(framesText.again)}`, `${label} x${times}`, `${short} x${times}`, `${short}x${times}`];
}

const probeLabel: Record<Probe, string> = {keepalive: 'keepalive', window: 'win probe'};

function whatIsIn(summary: Summary | null, look: Look): readonly [label: string, short: string] {
  switch (summary?.kind) {
    case 'tcp':
      return tcpLabels(summary);
    case 'udp':
      return [`${summary.length}B`, shortSize(summary.length)];
    case 'icmp':
      return ['ICMP', 'ICMP'];
    case 'arp':
      return ['ARP', 'ARP'];
    default: {
      const name = look.say(protocolText[summary?.protocol ?? 'other']);
      return [name, name];
    }
  }
}

/** Every segment but the first acknowledges, and PSH tells nobody anything here: beside data neither is said. */
function tcpLabels({flags, length, window}: Extract<Summary, {kind: 'tcp'}>): readonly [string, string] {
  const said = flags.filter(flag => flag !== 'PSH' && (length === 0 || flag !== 'ACK'));
  const names = tcpFlagsText(said).replaceAll(', ', ',');
  const initials = names.replaceAll(/([A-Z])[A-Z]*/g, '$1');
  if (length > 0) return [sized(`${length}B`, names), sized(shortSize(length), initials)];
  if (names === 'ACK' && window === 0) return ['ACK win 0', 'win 0'];
  return [names, initials];
}

const sized = (size: string, names: string): string => (names === '' ? size : `${size},${names}`);

const shortSize = (bytes: number): string => (bytes < 1000 ? `${bytes}B` : `${Math.round(bytes / 1000)}kB`);
