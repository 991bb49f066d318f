/**
 * JSON Schema (draft-07) of one event as `play --format json` writes it: what a recording must hold, and what other
 * programs may rely on. Fields may be added in a minor version; none are removed or change their meaning.
 */
const actor = {enum: ['server', 'server-2', 'router', 'client', 'client-2', 'client-3', 'network']};
const host = {enum: ['here', 'home', 'router', 'internet']};
export const count = {type: 'integer', minimum: 0};
export const port = {type: 'integer', minimum: 0, maximum: 65535};
export const base64 = {type: 'string', pattern: '^[A-Za-z0-9+/]*={0,2}$'};
export const text = {type: 'string'};

export const object = (properties: Record<string, unknown>, optional: Record<string, unknown> = {}) => ({
  type: 'object',
  properties: {...properties, ...optional},
  required: Object.keys(properties),
});

export const orNull = (schema: Record<string, unknown>) => ({anyOf: [schema, {type: 'null'}]});

const inet = object({family: {enum: ['AF_INET', 'AF_INET6']}, host: text, port});
const address = {anyOf: [inet, object({family: {const: 'AF_UNIX'}, path: text})]};
export const endpoint = {anyOf: [object({host: text, port}), object({path: text})]};

// A descriptor is -1 where a lesson uses what a failed call returned.
const fd = {type: 'integer', minimum: -1};
// -1 is nobody's, as a socket without a peer has it.
const id = {type: 'integer', minimum: -1};

const transport = {enum: ['tcp', 'udp']};
const rule = {
  anyOf: [
    object({kind: {const: 'drop'}, hook: {enum: ['input', 'forward', 'output']}, protocol: transport, port}),
    object({kind: {const: 'masquerade'}, device: text}),
    object({kind: {const: 'port-forward'}, device: text, protocol: transport, port, to: object({host: text, port})}),
  ],
};
const linger = object({onoff: {enum: [0, 1]}, seconds: count});
const timeout = object({milliseconds: {type: 'number', minimum: 0}});
const flags = {type: 'array', items: {enum: ['SOCK_NONBLOCK', 'SOCK_CLOEXEC']}};
const callNamed = (name: string, properties: Record<string, unknown>, optional: Record<string, unknown> = {}) =>
  object({name: {const: name}, ...properties}, optional);
const call = {
  anyOf: [
    callNamed('socket', {domain: text, type: text, protocol: count}, {flags}),
    callNamed('socketpair', {domain: text, type: text, protocol: count}, {flags}),
    callNamed('bind', {fd, address}),
    callNamed('listen', {fd, backlog: {type: 'integer'}}),
    callNamed('accept', {fd}),
    callNamed('accept4', {fd, flags}),
    callNamed('connect', {fd, address}),
    callNamed('send', {fd, data: base64, flags: count}),
    callNamed('recv', {fd, length: count, flags: count}),
    callNamed('sendto', {fd, data: base64, flags: count, address}),
    callNamed('recvfrom', {fd, length: count, flags: count}),
    callNamed('shutdown', {fd, how: {enum: ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']}}),
    callNamed('close', {fd}),
    callNamed('getsockname', {fd}),
    callNamed('getpeername', {fd}),
    callNamed('setsockopt', {fd, level: text, option: text, value: {anyOf: [{type: 'integer'}, linger, timeout]}}),
    callNamed('getsockopt', {fd, level: text, option: text}),
    callNamed('fcntl', {fd, command: {const: 'F_SETFL'}, value: {enum: [0, 'O_NONBLOCK']}}),
    callNamed('fcntl', {fd, command: {const: 'F_GETFL'}}),
    callNamed('poll', {
      fds: {type: 'array', items: object({fd, events: {type: 'array', items: text}})},
      timeout: {type: 'integer'},
    }),
    callNamed('getaddrinfo', {host: text}),
    callNamed('getifaddrs', {}),
    callNamed('unlink', {path: text}),
    callNamed('chmod', {path: text, mode: count}),
    callNamed('seteuid', {uid: count}),
    callNamed('kill', {pid: {type: 'integer'}, signal: text}),
    callNamed('evaluate', {code: text}),
    callNamed('run', {args: {type: 'array', items: text}}),
    callNamed('nft', {host, rule: orNull(rule)}),
  ],
};

const outcome = {
  anyOf: [
    object(
      {kind: {const: 'returned'}, value: {type: 'integer'}},
      {
        data: base64,
        address,
        fds: {type: 'array', items: fd, minItems: 2, maxItems: 2},
        option: {type: 'integer'},
        linger,
        timeout,
        credentials: object({pid: count, uid: id, gid: id}),
        ready: {type: 'array', items: {type: 'array', items: text}},
        addresses: {type: 'array', items: address},
        interfaces: {type: 'array', items: object({name: text, host: text, internal: {type: 'boolean'}})},
      },
    ),
    object({kind: {const: 'failed'}, errno: {type: 'string', pattern: '^E[A-Z0-9]+$'}, code: count}),
    object({kind: {const: 'evaluated'}, text}),
    object({kind: {const: 'threw'}, error: text}),
    object({kind: {const: 'ended'}, code: orNull(count), signal: orNull(text)}),
  ],
};

const tcpStates =
  'ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN CLOSING';
const unixStates = 'FREE UNCONNECTED CONNECTING CONNECTED DISCONNECTING';
const state = {enum: `${tcpStates} ${unixStates}`.split(' ')};
const socketRow = object(
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
  {tcpInfo: object({state, rttUs: count, mss: count, retransmits: count, unacked: count})},
);
const waiting = object({actor, call: text, threadState: text, sleepsIn: text});

const stepRef = {lesson: text, step: text};
const eventOf = (kind: string, properties: Record<string, unknown>, optional: Record<string, unknown> = {}) =>
  object({seq: count, at: {type: 'number', minimum: 0}, kind: {const: kind}, ...properties}, optional);

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
    {
      ...{...stepRef, actor, name: text, args: {type: 'array', items: text}},
      ...{result: orNull({type: 'integer'}), errno: orNull(text)},
    },
    {recorded: {const: true}},
  ),
  'kernel-read': eventOf(
    'kernel-read',
    {sockets: {type: 'array', items: socketRow}, waiting: {type: 'array', items: waiting}},
    {files: {type: 'array', items: object({name: text, mode: text})}},
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
  arranged: eventOf('arranged', {...stepRef, order: orNull({type: 'array', items: count})}),
  judged: eventOf('judged', {
    ...stepRef,
    holds: {type: 'boolean'},
    unmet: {type: 'array', items: object({claimed: text, found: text})},
    fulfilled: {type: 'array', items: count},
  }),
  'actor-exited': eventOf('actor-exited', {actor, code: orNull({type: 'integer'}), signal: orNull(text)}),
} as const;
