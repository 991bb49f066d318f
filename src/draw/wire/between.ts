import {sideOf} from '../../model/actor.ts';
import type {Endpoint} from '../../model/address.ts';
import {datagramsTo, direction, letterOf, type Mark} from '../../timeline/passport.ts';
import type {ReadFrame} from '../../timeline/read-frames.ts';
import type {Lane, View} from '../../timeline/view.ts';
import {toneOfSend} from '../text/colors.ts';
import type {Look} from '../text/look.ts';
import {meant} from '../text/meaning.ts';
import {fitLine, type Line, styled} from '../text/spans.ts';
import {arrowLine} from './arrow.ts';
import {type Flight, grownAt} from './flight.ts';

/** What passes between the lanes at this moment. */
export interface Passing {
  /** The step's frames, in the order of the wire. */
  readonly frames: readonly ReadFrame[];
  readonly flight: Flight | null;
}

export const nothingPasses: Passing = {frames: [], flight: null};

/**
 * What is between the lanes: whether there is a connection, the frames of the step as they happened, the server on the left, and the letters of
 * the bytes that are on their way.
 *
 * ```
 *  <====>
 * ←SYN────
 * SYN,ACK→
 * ←ACK────
 *  <A 11B
 * ```
 */
export function betweenLines(
  view: View,
  {frames, flight}: Passing,
  look: Look,
  {width, height}: {width: number; height: number},
  now: number,
): Line[] {
  const ends = connectedEnds(view);
  const wire = ends && !isItself(ends) ? [wireLine(ends.state === 'ESTABLISHED', width)] : [];
  const letters = letterLines(view, ends, width);
  const room = height - wire.length - letters.length;
  const grown = grownAt(frames, flight, now);
  const begun = frames.filter((_, i) => (grown[i] ?? 1) > 0);
  const arrows = begun.map((read, i) =>
    meant(arrowLine(read, width, look, grown[i]), {kind: 'frame', seq: read.frame.seq}),
  );
  const lines = [...wire, ...newest(arrows, room, width), ...letters];
  // Beside the lanes' first row of sockets, where there is room for that.
  return lines.length < height ? [[], ...lines] : lines;
}

/** The newest that fit, and how many do not. */
function newest(arrows: readonly Line[], room: number, width: number): readonly Line[] {
  if (arrows.length <= room) return arrows;
  const shown = Math.max(1, room - 1);
  const more: Line = fitLine([styled(` +${arrows.length - shown}`, {dim: true})], width);
  return [more, ...arrows.slice(-shown)].slice(-room);
}

function wireLine(isWhole: boolean, width: number): Line {
  const wire = `<${(isWhole ? '=' : '-').repeat(width - 4)}>`;
  return [{text: ' '}, styled(wire, isWhole ? {} : {dim: true})];
}

type Ends = ReturnType<typeof connectedEnds>;

function letterLines(view: View, ends: Ends, width: number): readonly Line[] {
  const toServer = [
    ...(ends && !isItself(ends) ? inFlightTo(view, ends.local, ends.remote) : []),
    ...datagramsAt(view, lane => sideOf(lane.actor) === 'server'),
  ];
  const toClient = [
    ...(ends ? inFlightTo(view, ends.remote, ends.local) : []),
    ...datagramsAt(view, lane => sideOf(lane.actor) === 'client'),
  ];
  return [
    ...(toServer.length > 0 ? [inFlight(toServer, '<', width)] : []),
    ...(toClient.length > 0 ? [inFlight(toClient, '>', width)] : []),
  ];
}

/** The client's connection. Datagrams have none: connect() only notes where to send them. */
function connectedEnds(view: View) {
  const client = view.lanes.find(lane => lane.actor === 'client');
  const row = client?.sockets.find(
    ({remote, state, protocol}) => remote && state !== 'CLOSE' && !protocol.startsWith('udp'),
  );
  return row?.remote ? {local: row.local, remote: row.remote, state: row.state} : null;
}

/** A socket may be connected to itself (simultaneous open, RFC 9293 section 3.5): what it sends comes back to it. */
const isItself = ({local, remote}: NonNullable<Ends>): boolean => direction(local, remote) === direction(remote, local);

/** Marks that stand together: the bytes of one stream, or one datagram. */
type Parcel = readonly Mark[];

function inFlightTo(view: View, from: Endpoint, to: Endpoint): Parcel[] {
  const marks = (view.flows.inFlight[direction(from, to)] ?? []).flatMap(mark => inQueues(mark, view));
  return marks.length > 0 ? [marks] : [];
}

const datagramsAt = (view: View, isThere: (lane: Lane) => boolean): Parcel[] =>
  view.lanes
    .filter(isThere)
    .flatMap(lane => lane.sockets)
    .flatMap(row => view.flows.inFlight[datagramsTo(row.inode)] ?? [])
    .flatMap(mark => inQueues(mark, view))
    .map(mark => [mark]);

/** What of it the last reading showed in a queue; all of it where there was none since it was sent. */
function inQueues(mark: Mark, view: View): Mark[] {
  const seen = view.flows.places[mark.send];
  if (!seen) return [mark];
  const parts = seen.filter(({place}) => place === 'recv-queue' || place === 'send-queue');
  return parts.length > 0 ? [{...mark, length: parts.reduce((sum, {length}) => sum + length, 0)}] : [];
}

/** `AB 11B`, and of datagrams, whose boundaries are kept, `A|B 11B`. */
function inFlight(parcels: readonly Parcel[], arrow: '<' | '>', width: number): Line {
  const marks = parcels.flat();
  const total = marks.reduce((sum, mark) => sum + mark.length, 0);
  const letters = parcels.map(parcel => parcel.map(mark => letterOf(mark.send)).join('')).join('|');
  const withTotal = `${letters} ${total}B`;
  const what = withTotal.length + 2 <= width ? withTotal : letters;
  const text = `${arrow === '<' ? '<' : ''}${what}${arrow === '>' ? '>' : ''}`;
  return fitLine([{text: ' '}, styled(text, {bold: true, tone: toneOfSend(marks[0]?.send ?? 0)})], width);
}
