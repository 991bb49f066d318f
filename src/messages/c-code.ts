import {type CallTable, inTable, type Linger, type OptionName, type Timeout} from '../model/call.ts';
import {
  type Act,
  actsOf,
  type LessonArguments,
  type Payload,
  portPlace,
  type Step,
  type Where,
} from '../model/lesson.ts';
import {bytesOfText} from '../model/payload.ts';
import {flagsText, octal, optionText, typeText} from './argument-text.ts';

/** A step's calls as C, a line or more each: what a program beside would hold. Errors are left for the step to show. */
export const cCode = (step: Step): readonly string[] => actsOf(step).flatMap(cLines);

function cLines({call, creates, repeat}: Act): readonly string[] {
  const lines = inTable(inC, call);
  const last = lines.at(-1) ?? '';
  const made = creates === undefined ? last : `int ${cName(creates)} = ${last}`;
  const again =
    repeat === undefined ? [made] : [`for (int i = 0; i < ${repeat.most}; i++)  // ${untilText(repeat)}`, `  ${made}`];
  return [...lines.slice(0, -1), ...again];
}

const untilText = ({until}: NonNullable<Act['repeat']>): string =>
  until.kind === 'fails'
    ? `until ${until.errno}`
    : until.kind === 'returns'
      ? `until ${until.value}`
      : 'until it is done';

/** A lesson's name for a socket as a variable. */
export const cName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_]/g, '_');

/** Each call as lines of C. */
const inC: CallTable<LessonArguments, readonly string[]> = {
  socket: call => [`socket(${call.domain}, ${typeText(call)}, ${call.protocol});`],
  socketpair: call => ['int fds[2];', `socketpair(${call.domain}, ${typeText(call)}, ${call.protocol}, fds);`],
  bind: call => withAddress(call.address, to => `${call.name}(${cName(call.fd)}, ${to});`),
  connect: call => withAddress(call.address, to => `${call.name}(${cName(call.fd)}, ${to});`),
  listen: call => [`listen(${cName(call.fd)}, ${call.backlog});`],
  accept: call => [`accept(${cName(call.fd)}, NULL, NULL);`],
  accept4: call => [`accept4(${cName(call.fd)}, NULL, NULL, ${call.flags.join('|') || 0});`],
  send: call => [`send(${cName(call.fd)}, ${dataAndLength(call.data)}, ${flagsText(call.flags)});`],
  sendto: call => {
    const {fd, data, flags} = call;
    return withAddress(call.address, to => `sendto(${cName(fd)}, ${dataAndLength(data)}, ${flagsText(flags)}, ${to});`);
  },
  recv: call => [`recv(${cName(call.fd)}, buffer, ${call.length}, ${flagsText(call.flags)});`],
  recvfrom: call => [
    'socklen_t length = sizeof from;',
    `recvfrom(${cName(call.fd)}, buffer, ${call.length}, ${flagsText(call.flags)}, (struct sockaddr *)&from, &length);`,
  ],
  shutdown: call => [`shutdown(${cName(call.fd)}, ${call.how});`],
  close: call => [`close(${cName(call.fd)});`],
  getsockname: call => [
    'socklen_t length = sizeof from;',
    `${call.name}(${cName(call.fd)}, (struct sockaddr *)&from, &length);`,
  ],
  getpeername: call => [
    'socklen_t length = sizeof from;',
    `${call.name}(${cName(call.fd)}, (struct sockaddr *)&from, &length);`,
  ],
  setsockopt: call => [
    optionLine(call.value),
    `setsockopt(${cName(call.fd)}, ${call.level}, ${call.option}, &value, sizeof value);`,
  ],
  getsockopt: call => [
    `${optionTypes[call.option] ?? 'int'} value;`,
    'socklen_t length = sizeof value;',
    `getsockopt(${cName(call.fd)}, ${call.level}, ${call.option}, &value, &length);`,
  ],
  fcntl: call => [`fcntl(${cName(call.fd)}, ${call.command}${call.command === 'F_SETFL' ? `, ${call.value}` : ''});`],
  poll: call => {
    const fds = call.fds.map(({fd, events}) => `{${cName(fd)}, ${events.join(' | ') || 0}, 0}`);
    return [`struct pollfd fds[] = {${fds.join(', ')}};`, `poll(fds, ${fds.length}, ${call.timeout});`];
  },
  getaddrinfo: call => ['struct addrinfo *found;', `getaddrinfo("${call.host}", NULL, NULL, &found);`],
  getifaddrs: () => ['struct ifaddrs *found;', 'getifaddrs(&found);'],
  unlink: call => [`unlink("${call.path}");`],
  chmod: call => [`chmod("${call.path}", ${octal(call.mode)});`],
  seteuid: () => ['seteuid(65534);'],
  kill: call => [`kill(${cName(typeof call.pid === 'string' ? call.pid : call.pid.program)}_pid, ${call.signal});`],
  evaluate: () => [],
  run: () => [],
  nft: () => [],
};

/** Of options whose value is no int. */
const optionTypes: Readonly<Partial<Record<OptionName, string>>> = {
  SO_LINGER: 'struct linger',
  SO_PEERCRED: 'struct ucred',
  SO_RCVTIMEO: 'struct timeval',
  SO_SNDTIMEO: 'struct timeval',
};

function optionLine(value: number | Linger | Timeout): string {
  const type = typeof value === 'number' ? 'int' : 'onoff' in value ? 'struct linger' : 'struct timeval';
  return `${type} value = ${optionText(value)};`;
}

function withAddress(where: Where, call: (to: string) => string): readonly string[] {
  if (where !== 'server' && 'of' in where) return [call(`(struct sockaddr *)&${cName(where.of)}_address, sizeof from`)];
  return [addressLine(where), call('(struct sockaddr *)&address, sizeof address')];
}

function addressLine(where: Exclude<Where, {of: string}>): string {
  if (where === 'server')
    return `struct sockaddr_in address = {AF_INET, htons(${portPlace}), {inet_addr("127.0.0.1")}};`;
  if ('path' in where) return `struct sockaddr_un address = {AF_UNIX, "${where.path}"};`;
  const {host, port} = where;
  const number = port === 'server' ? portPlace : typeof port === 'number' ? String(port) : `${cName(port.of)}_port`;
  if (!host.includes(':')) return `struct sockaddr_in address = {AF_INET, htons(${number}), {inet_addr("${host}")}};`;
  const ip = host === '::1' ? 'in6addr_loopback' : host === '::' ? 'in6addr_any' : `/* ${host} */ in6addr_any`;
  return `struct sockaddr_in6 address = {AF_INET6, htons(${number}), 0, ${ip}, 0};`;
}

function dataAndLength(payload: Payload): string {
  switch (payload.kind) {
    case 'text':
      if (payload.text.includes('\r\n')) return 'request, strlen(request)';
      return `${JSON.stringify(payload.text)}, ${bytesOfText(payload.text).length}`;
    case 'hex': {
      const bytes = payload.hex.replaceAll(' ', '').match(/../g) ?? [];
      return `"${bytes.map(byte => `\\x${byte}`).join('')}", ${bytes.length}`;
    }
    case 'fill':
      return `buffer, ${payload.count}`;
    case 'message':
      return 'message, strlen(message)';
    case 'join':
    case 'part':
    case 'received':
      return 'buffer, n';
  }
}
