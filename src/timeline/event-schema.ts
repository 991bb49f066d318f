import {actorNames} from '../model/actor.ts';
import type {LogEvent, Unmet} from '../model/event.ts';
import type {FileRow, SocketRow, TcpInfo, Waiting} from '../model/sockets.ts';
import {socketStates} from '../model/sockets.ts';
import {call, host, outcome} from './call-schema.ts';
import {
  base64,
  closedObject,
  count,
  endpoint,
  listOf,
  type Optional,
  type OptionalKeys,
  object,
  orNull,
  type RequiredKeys,
  type SchemaOfEach,
  text,
} from './schema.ts';

/**
 * JSON Schema (draft-07) of one event as `play --format json` writes it, just as this version does: a property that is not
 * here is refused. Properties may be added in a minor version; none are removed or change their meaning. So whoever reads
 * events of other versions passes over what it does not know, as `recording.ts` does.
 */
const actor = {enum: actorNames};

const state = {enum: socketStates};
const tcpInfo = object<TcpInfo>({state, rttUs: count, mss: count, retransmits: count, unacked: count});
const socketRow = object<SocketRow>(
  {
    actor,
    fd: orNull(count),
    inode: count,
    protocol: {enum: ['tcp', 'tcp6', 'udp', 'udp6', 'unix']},
    local: endpoint,
    remote: orNull(endpoint),
    state,
    recvQueue: orNull(count),
    sendQueue: orNull(count),
    listed: {type: 'boolean'},
    heldBy: {enum: ['descriptor', 'accept-queue', 'kernel']},
  },
  {drops: count, tcpInfo},
);
const waiting = object<Waiting>({actor, call: text, threadState: text, sleepsIn: text});

type Kind = LogEvent['kind'];
type EventOf<K extends Kind> = Extract<LogEvent, {kind: K}>;
type OfEach = 'seq' | 'at' | 'kind';
const eventOf = <K extends Kind>(
  kind: K,
  properties: SchemaOfEach<Exclude<RequiredKeys<EventOf<K>>, OfEach>>,
  ...[optional]: Optional<OptionalKeys<EventOf<K>>>
) => closedObject({seq: count, at: {type: 'number', minimum: 0}, kind: {const: kind}, ...properties}, optional);

/** As `process.version` has it, also of builds that are no releases. */
const nodeVersion = {type: 'string', pattern: '^v\\d+\\.\\d+\\.\\d+[-.\\w]*$', maxLength: 64};

const stepRef = {lesson: text, step: text};

/** By kind, so that a reader can say what is wrong with one event and not with all kinds at once. */
export const eventSchemas = {
  'actor-started': eventOf('actor-started', {actor, pid: count}, {host}),
  'call-started': eventOf('call-started', {...stepRef, actor, call}, {choices: {type: 'array', items: count}}),
  'call-returned': eventOf('call-returned', {...stepRef, actor, call, outcome, elapsedUs: count}, {sockaddr: base64}),
  'call-lost': eventOf('call-lost', {...stepRef, actor, call}),
  'program-started': eventOf('program-started', {...stepRef, actor, pid: count}),
  said: eventOf('said', {...stepRef, actor, stream: {enum: ['stdout', 'stderr']}, data: base64}),
  traced: eventOf(
    'traced',
    {...stepRef, actor, name: text, args: listOf(text), result: orNull({type: 'integer'}), errno: orNull(text)},
    {recorded: {const: true}, node: nodeVersion},
  ),
  'kernel-read': eventOf(
    'kernel-read',
    {sockets: listOf(socketRow), waiting: listOf(waiting)},
    {files: listOf(object<FileRow>({name: text, mode: text}))},
  ),
  frame: eventOf('frame', {
    ...stepRef,
    call: orNull(count),
    isDuring: {type: 'boolean'},
    host,
    device: text,
    direction: {enum: ['in', 'out']},
    time: {type: 'string', pattern: '^[0-9]{1,20}$'},
    length: count,
    data: base64,
  }),
  'wire-counted': eventOf('wire-counted', {captured: count, dropped: count, omitted: count}),
  predicted: eventOf('predicted', {...stepRef, choice: orNull(count)}),
  arranged: eventOf('arranged', {...stepRef, order: orNull(listOf(count))}),
  judged: eventOf('judged', {
    ...stepRef,
    holds: {type: 'boolean'},
    unmet: listOf(object<Unmet>({claimed: text, found: text})),
    fulfilled: listOf(count),
  }),
  'actor-exited': eventOf('actor-exited', {actor, code: orNull({type: 'integer'}), signal: orNull(text)}),
} as const satisfies Readonly<Record<Kind, unknown>>;
