import {labText} from '../../messages/lab.ts';
import {nodeCode} from '../../messages/node-code.ts';
import type {Address} from '../../model/address.ts';
import {type Call, isAccepting} from '../../model/call.ts';
import type {Lesson, LessonCall, Payload, Step, Where} from '../../model/lesson.ts';
import {bytesOfText, fromBase64} from '../../model/payload.ts';
import type {CallLine} from '../../timeline/view.ts';

/** Free play as the screen's panes and the ground need it: a lesson without steps. */
export const labLesson: Lesson = {
  id: 'lab',
  title: labText.title,
  about: labText.about,
  minutes: 0,
  beliefs: {},
  steps: [],
  summary: labText.about,
  review: [],
};

const nothing = {ja: '', en: ''};

/** A call that was made as a lesson's step, for the panes that show it as C and as Node. */
export function stepOf({actor, call, result, step}: CallLine): Step {
  const makes = (call.name === 'socket' || isAccepting(call)) && result.kind === 'returned';
  return {
    id: step,
    actor,
    call: lessonCallOf(call),
    ...(makes ? {creates: nameOf(result.value)} : {}),
    before: nothing,
    after: nothing,
    expect: {},
    node: nodeCode(call).join('\n'),
    sources: [],
  };
}

/** A descriptor as the variable of a program. */
const nameOf = (fd: number): string => (fd < 0 ? 'fd' : `fd${fd}`);

/** More of what was sent is not shown as source text. Bytes. */
const longestText = 64;

/** The kernel's numbers as the names that a program would have for them. */
function lessonCallOf(call: Call): LessonCall {
  switch (call.name) {
    case 'bind':
    case 'connect':
      return {...call, fd: nameOf(call.fd), address: whereOf(call.address)};
    case 'send':
      return {...call, fd: nameOf(call.fd), data: payloadOf(fromBase64(call.data))};
    case 'sendto':
      return {
        ...call,
        fd: nameOf(call.fd),
        data: payloadOf(fromBase64(call.data)),
        address: whereOf(call.address),
      };
    case 'poll':
      return {...call, fds: call.fds.map(asked => ({...asked, fd: nameOf(asked.fd)}))};
    case 'unlink':
    case 'chmod':
      return {...call, path: call.path.slice(call.path.lastIndexOf('/') + 1)};
    case 'socket':
    case 'socketpair':
    case 'getaddrinfo':
    case 'getifaddrs':
    case 'evaluate':
    case 'run':
      return call;
    // Nobody types these.
    case 'seteuid':
    case 'kill':
    case 'nft':
      throw new Error(`no call of free play: ${call.name}`);
    default:
      return {...call, fd: nameOf(call.fd)};
  }
}

const whereOf = (address: Address): Where =>
  address.family === 'AF_UNIX'
    ? {path: address.path.slice(address.path.lastIndexOf('/') + 1)}
    : {host: address.host, port: address.port};

function payloadOf(bytes: Uint8Array): Payload {
  const [first = 0] = bytes;
  if (bytes.length > longestText) return {kind: 'fill', byte: first, count: bytes.length};
  const text = new TextDecoder().decode(bytes);
  if (Buffer.from(bytesOfText(text)).equals(Buffer.from(bytes))) return {kind: 'text', text};
  return {kind: 'hex', hex: Buffer.from(bytes).toString('hex')};
}
