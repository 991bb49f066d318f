import {labText} from '../../messages/lab.ts';
import {nodeCode} from '../../messages/node-code.ts';
import type {Address} from '../../model/address.ts';
import {type Call, type CallArguments, isAccepting, translated} from '../../model/call.ts';
import type {Lesson, LessonArguments, LessonCall, Payload, Step, Where} from '../../model/lesson.ts';
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
const lessonCallOf = (call: Call): LessonCall =>
  translated<CallArguments, LessonArguments>(call, {
    fd: nameOf,
    address: whereOf,
    data: data => payloadOf(fromBase64(data)),
    path: fileOf,
    pid: notTyped,
    uid: notTyped,
    rule: notTyped,
  });

function notTyped(): never {
  throw new Error('a call that nobody can type in free play');
}

const fileOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const whereOf = (address: Address): Where =>
  address.family === 'AF_UNIX' ? {path: fileOf(address.path)} : {host: address.host, port: address.port};

function payloadOf(bytes: Uint8Array): Payload {
  const [first = 0] = bytes;
  if (bytes.length > longestText) return {kind: 'fill', byte: first, count: bytes.length};
  const text = new TextDecoder().decode(bytes);
  if (Buffer.from(bytesOfText(text)).equals(Buffer.from(bytes))) return {kind: 'text', text};
  return {kind: 'hex', hex: Buffer.from(bytes).toString('hex')};
}
