import type {Address} from '../model/address.ts';
import {
  type Base64,
  type Call,
  type CallArguments,
  type CallTable,
  inTable,
  type Linger,
  messageFlags,
  type Timeout,
} from '../model/call.ts';
import {fromBase64} from '../model/payload.ts';

/**
 * What a Node program has where a C program makes this call: one to three lines. A comment alone says that Node makes the call
 * by itself, or has no way to. `server` is a net.Server, `socket` a net.Socket or, where a line says so, a dgram.Socket.
 */
export const nodeCode = (call: Call): readonly string[] => inTable(inNode, call);

const inNode: CallTable<CallArguments, readonly string[]> = {
  socket: call => socketLines(call),
  bind: call => {
    if (call.address.family === 'AF_UNIX') return [`server.listen(${place(call.address)});  // bind(), then listen()`];
    return [
      `server.listen(${place(call.address)});  // net: bind(), then listen()`,
      `socket.bind(${place(call.address)});  // dgram`,
    ];
  },
  listen: call => [`server.listen(port, '127.0.0.1', ${call.backlog});  // bind() too; the backlog is 511 if left out`],
  accept: () => ["server.on('connection', socket => {});  // Node has called accept4() by itself"],
  accept4: () => ["server.on('connection', socket => {});  // Node has called accept4() by itself"],
  socketpair: () => ['// Node makes such pairs only between itself and a child: child_process.spawn() with a pipe.'],
  connect: call => {
    if (call.address.family === 'AF_UNIX') return [`const socket = net.connect(${place(call.address)});`];
    return [
      `const socket = net.connect(${place(call.address)});  // socket() too`,
      `socket.connect(${place(call.address)});  // dgram`,
    ];
  },
  send: call => [`socket.write(${bytes(call.data)});`, `socket.send(${bytes(call.data)});  // dgram, after connect()`],
  recv: call => [...withoutPeek(call.flags), "socket.on('data', bytes => {});  // Node calls read() by itself"],
  sendto: call => {
    if (call.address.family === 'AF_UNIX') return [noUnixDatagrams];
    return [`socket.send(${bytes(call.data)}, ${place(call.address)});  // dgram`];
  },
  recvfrom: call => [...withoutPeek(call.flags), "socket.on('message', (bytes, from) => {});  // dgram"],
  shutdown: call => shutdownLines[call.how],
  close: () => [
    'socket.destroy();  // close() at once; end() lets the rest go first',
    'server.close();  // a listener',
  ],
  getsockname: () => ['socket.address();  // getsockname()'],
  getpeername: () => ['socket.remoteAddress;  // getpeername()', 'socket.remotePort;'],
  setsockopt: call => setLines(call),
  getsockopt: call => getLines(call),
  fcntl: () => ['// Every socket of Node’s has O_NONBLOCK from the start, and keeps it.'],
  poll: () => ['// Node waits for all of its sockets at once: on Linux its event loop sleeps in epoll_wait().'],
  getaddrinfo: call => [`dns.lookup(${quoted(call.host)}, {all: true}, (error, addresses) => {});`],
  getifaddrs: () => ['os.networkInterfaces();'],
  unlink: call => [`fs.unlinkSync(${quoted(call.path)});`],
  chmod: call => [`fs.chmodSync(${quoted(call.path)}, 0o${call.mode.toString(8)});`],
  seteuid: call => [`process.seteuid(${call.uid});`],
  kill: call => [`process.kill(${call.pid}, '${call.signal}');`],
  evaluate: call => call.code.split('\n'),
  run: call => [`child_process.spawn('node', [${call.args.map(quoted).join(', ')}]);`],
  nft: () => ['// Node has no way to the packet filter.'],
};

type Of<Name extends Call['name']> = Extract<Call, {readonly name: Name}>;

const noUnixDatagrams = '// Node has no datagram sockets in AF_UNIX.';

function socketLines({domain, type}: Of<'socket'>): readonly string[] {
  if (type === 'SOCK_STREAM') return ['// net.connect() and server.listen() call socket() by themselves.'];
  if (domain === 'AF_UNIX') return [noUnixDatagrams];
  const version = domain === 'AF_INET6' ? 'udp6' : 'udp4';
  return [`const socket = dgram.createSocket('${version}');  // socket() is called when it binds or sends`];
}

const shutdownLines: Readonly<Record<Of<'shutdown'>['how'], readonly string[]>> = {
  SHUT_WR: ['socket.end();  // shutdown(SHUT_WR), once all is written'],
  SHUT_RD: ['// Node has no shutdown(SHUT_RD).'],
  SHUT_RDWR: [
    'socket.end();  // only shutdown(SHUT_WR)',
    'socket.destroy();  // both directions, and the descriptor: close()',
  ],
};

const withoutPeek = (flags: number): readonly string[] =>
  flags & messageFlags.MSG_PEEK ? ['// Node has no MSG_PEEK: keep what cannot be used yet.'] : [];

function setLines({option, value}: Of<'setsockopt'>): readonly string[] {
  const isOn = value !== 0;
  switch (option) {
    case 'SO_REUSEADDR':
      return [
        '// server.listen() sets SO_REUSEADDR by itself, except on Windows.',
        `dgram.createSocket({type: 'udp4', reuseAddr: ${isOn}});  // dgram`,
      ];
    case 'SO_KEEPALIVE':
      return [`socket.setKeepAlive(${isOn});`];
    case 'TCP_NODELAY':
      return [`socket.setNoDelay(${isOn});`];
    case 'SO_LINGER':
      return isReset(value)
        ? ['socket.resetAndDestroy();  // this option, then close()']
        : ['// Node sets SO_LINGER only to reset: socket.resetAndDestroy().'];
    case 'SO_SNDBUF':
      return [`socket.setSendBufferSize(${value});  // dgram; net has no way`];
    case 'SO_RCVBUF':
      return [`socket.setRecvBufferSize(${value});  // dgram; net has no way`];
    case 'IPV6_V6ONLY':
      return [`server.listen({port, host: '::', ipv6Only: ${isOn}});`];
    case 'SO_BROADCAST':
      return [`socket.setBroadcast(${isOn});  // dgram`];
    case 'IP_TTL':
    case 'IPV6_UNICAST_HOPS':
      return [`socket.setTTL(${value});  // dgram; net has no way`];
    case 'TCP_KEEPIDLE':
      return [`socket.setKeepAlive(true, ${Number(value) * 1000});  // milliseconds`];
    case 'SO_RCVTIMEO':
      return ["socket.setTimeout(ms);  // a timer of Node's own: it only tells, and ends nothing"];
    default:
      return [`// Node has no way to set ${option}.`];
  }
}

const isReset = (value: number | Linger | Timeout): boolean =>
  typeof value !== 'number' && 'onoff' in value && value.onoff === 1 && value.seconds === 0;

function getLines({option}: Of<'getsockopt'>): readonly string[] {
  switch (option) {
    case 'SO_ERROR':
      return ["socket.on('error', error => {});  // Node reads SO_ERROR when connect() is done"];
    case 'SO_SNDBUF':
      return ['socket.getSendBufferSize();  // dgram; net has no way'];
    case 'SO_RCVBUF':
      return ['socket.getRecvBufferSize();  // dgram; net has no way'];
    case 'SO_ACCEPTCONN':
      return ['server.listening;  // Node remembers it, and makes no call'];
    default:
      return [`// Node has no way to read ${option}.`];
  }
}

/** The arguments that Node takes for an address: a port and a host, or a path. */
const place = (address: Address): string =>
  address.family === 'AF_UNIX' ? quoted(address.path) : `${address.port}, ${quoted(address.host)}`;

/** More bytes than this are not written out, but stand as `bytes`. */
const longest = 40;

function bytes(data: Base64): string {
  const buffer = Buffer.from(fromBase64(data));
  if (buffer.length > longest) return 'bytes';
  const text = buffer.toString();
  return Buffer.from(text).equals(buffer) ? quoted(text) : `Buffer.from('${buffer.toString('hex')}', 'hex')`;
}

const escapes: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t', "'": "\\'", '\\': '\\\\'};

/** A string of JavaScript. What would not stand for itself on a terminal is escaped. */
const quoted = (text: string): string =>
  `'${text.replaceAll(
    /['\\]|[^\p{L}\p{N}\p{P}\p{S} ]/gu,
    one => escapes[one] ?? `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`,
  )}'`;
