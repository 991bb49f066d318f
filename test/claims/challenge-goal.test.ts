import {describe, expect, test} from 'vitest';
import {isReached} from '../../src/claims/challenge-goal.ts';
import type {ActorName} from '../../src/model/actor.ts';
import {fd, pid, port} from '../../src/model/brands.ts';
import {type Call, messageFlags} from '../../src/model/call.ts';
import type {Failure, Goal} from '../../src/model/challenge.ts';
import type {Errno} from '../../src/model/errno.ts';
import type {Outcome} from '../../src/model/outcome.ts';
import {toBase64} from '../../src/model/payload.ts';
import type {SocketRow, Waiting} from '../../src/model/sockets.ts';
import type {Summary, TcpFlag} from '../../src/model/wire.ts';
import {direction, type Mark} from '../../src/timeline/passport.ts';
import type {ReadFrame} from '../../src/timeline/read-frames.ts';
import {type CallLine, emptyView, type View} from '../../src/timeline/view.ts';

const end = (number: number, host = '127.0.0.1') => ({host, port: port(number)});

const row = (about: Partial<SocketRow>): SocketRow => ({
  actor: 'client',
  fd: fd(3),
  inode: 1,
  protocol: 'tcp',
  local: end(9000),
  remote: end(8080),
  state: 'ESTABLISHED',
  recvQueue: 0,
  sendQueue: 0,
  listed: true,
  heldBy: 'descriptor',
  ...about,
});

interface Made {
  readonly actor?: ActorName;
  readonly call: Call;
  readonly result?: CallLine['result'];
  readonly marks?: readonly Mark[];
}

/** A view with these rows and, in this order, these calls. */
function viewOf(sockets: readonly SocketRow[], calls: readonly Made[] = [], seen: Waiting | null = null): View {
  const lanes = (['server', 'client'] as const).map(actor => {
    const waiting = calls.findLast(made => made.result?.kind === 'waiting' && (made.actor ?? 'client') === actor);
    const own = sockets.filter(one => one.actor === actor);
    const rest = {actor, pid: pid(1), host: null, running: null, program: null, exit: null};
    return {...rest, sockets: own, waiting: waiting ? {call: waiting.call, since: 0, seen} : null};
  });
  const lines = calls.map(({actor = 'client', call, result = returned(0), marks = []}, seq): CallLine => {
    return {seq, step: `call-${seq}`, actor, call, result, elapsedUs: null, marks};
  });
  return {...emptyView, lanes, calls: lines};
}

const returned = (value: number): Outcome => ({kind: 'returned', value});
const failed = (errno: Errno): Outcome => ({kind: 'failed', errno, code: 1});
const socket = (
  type: 'SOCK_STREAM' | 'SOCK_DGRAM' = 'SOCK_STREAM',
  domain: 'AF_INET' | 'AF_UNIX' = 'AF_INET',
): Made => ({
  call: {name: 'socket', domain, type, protocol: 0},
  result: returned(3),
});
const bytes = (text: string) => toBase64(new TextEncoder().encode(text));
const send = (text: string, of = 3): Call => ({name: 'send', fd: fd(of), data: bytes(text), flags: 0});
const recv = (length: number, flags = 0): Call => ({name: 'recv', fd: fd(3), length, flags});
const shutdown: Call = {name: 'shutdown', fd: fd(3), how: 'SHUT_WR'};

const reached = (goal: Goal, view: View, frames: readonly ReadFrame[] | null = null) => isReached(goal, view, frames);

describe('sockets in a state', () => {
  test('are looked for on the side, with the holder and the ends that are asked for', () => {
    const view = viewOf([row({state: 'TIME_WAIT', fd: null, heldBy: 'kernel'})]);
    const goal = {kind: 'sockets', state: 'TIME_WAIT'} as const;
    expect(reached(goal, view)).toBe(true);
    expect(reached({...goal, side: 'client', heldBy: 'kernel', isToItself: false}, view)).toBe(true);
    expect(reached({...goal, side: 'server'}, view)).toBe(false);
    expect(reached({...goal, heldBy: 'descriptor'}, view)).toBe(false);
    expect(reached({...goal, isToItself: true}, view)).toBe(false);
    expect(reached({...goal, state: 'FIN_WAIT2'}, view)).toBe(false);
  });

  test('are to themselves when both ends are the same', () => {
    const view = viewOf([row({remote: end(9000)})]);
    expect(reached({kind: 'sockets', state: 'ESTABLISHED', isToItself: true}, view)).toBe(true);
    expect(reached({kind: 'sockets', state: 'ESTABLISHED', isToItself: false}, view)).toBe(false);
  });

  test('are just so many, with none elsewhere, when they are counted', () => {
    const goal = {kind: 'sockets', state: 'TIME_WAIT', side: 'server', count: 1} as const;
    const [there, here] = [row({actor: 'server', state: 'TIME_WAIT'}), row({state: 'TIME_WAIT'})];
    expect(reached(goal, viewOf([there]))).toBe(true);
    expect(reached(goal, viewOf([there, there]))).toBe(false);
    expect(reached(goal, viewOf([there, here]))).toBe(false);
  });

  test('are those of TCP: a connected UDP socket is called ESTABLISHED too', () => {
    expect(reached({kind: 'sockets', state: 'ESTABLISHED'}, viewOf([row({protocol: 'udp'})]))).toBe(false);
    expect(reached({kind: 'sockets', state: 'ESTABLISHED'}, viewOf([row({protocol: 'tcp6'})]))).toBe(true);
  });
});

test('a port is shared by two sockets that listen at one address, not by two descriptors of one', () => {
  const goal = {kind: 'shared-port', host: '127.0.0.1'} as const;
  const listening = (inode: number, local = end(8080)) => row({state: 'LISTEN', remote: end(0), inode, local});
  expect(reached(goal, viewOf([listening(1), listening(2)]))).toBe(true);
  expect(reached(goal, viewOf([listening(1), listening(1)]))).toBe(false);
  expect(reached(goal, viewOf([listening(1), listening(2, end(8081))]))).toBe(false);
  expect(reached(goal, viewOf([listening(1, end(8080, '0.0.0.0')), listening(2, end(8080, '0.0.0.0'))]))).toBe(false);
  expect(reached(goal, viewOf([listening(1), {...listening(2), state: 'CLOSE'}]))).toBe(false);
});

test('a call sleeps once the kernel shows its thread asleep', () => {
  const goal = {kind: 'sleeps', calls: ['send'], transport: 'tcp'} as const;
  const asleep = {actor: 'client', call: 'send', threadState: 'S', sleepsIn: 'wait_woken'} as const;
  const waits: Made = {call: send('x'), result: {kind: 'waiting'}};
  expect(reached(goal, viewOf([], [socket(), waits], asleep))).toBe(true);
  expect(reached(goal, viewOf([], [socket(), waits]))).toBe(false);
  expect(reached(goal, viewOf([], [socket(), waits], {...asleep, threadState: 'R'}))).toBe(false);
  expect(reached({...goal, calls: ['recv']}, viewOf([], [socket(), waits], asleep))).toBe(false);
  expect(reached(goal, viewOf([], [socket('SOCK_STREAM', 'AF_UNIX'), waits], asleep))).toBe(false);
});

describe('a call that fails', () => {
  const goal = {kind: 'fails', errno: 'ECONNREFUSED', calls: ['send', 'recv']} as const;
  const fails: Made = {call: send('x'), result: failed('ECONNREFUSED')};

  test('has the name and the errno that are asked for', () => {
    expect(reached(goal, viewOf([], [fails]))).toBe(true);
    expect(reached({...goal, errno: 'EPIPE'}, viewOf([], [fails]))).toBe(false);
    expect(reached({...goal, calls: ['connect']}, viewOf([], [fails]))).toBe(false);
    expect(reached(goal, viewOf([], [{call: send('x'), result: returned(1)}]))).toBe(false);
  });

  test('is on the kind of socket that its descriptor was made as the last time', () => {
    const udp = {...goal, transport: 'udp'} as const;
    expect(reached(udp, viewOf([], [socket('SOCK_DGRAM'), fails]))).toBe(true);
    expect(reached(udp, viewOf([], [socket(), fails]))).toBe(false);
    expect(reached(udp, viewOf([], [socket('SOCK_DGRAM'), socket(), fails]))).toBe(false);
    expect(reached(udp, viewOf([], [socket(), socket('SOCK_DGRAM'), fails]))).toBe(true);
    expect(reached(udp, viewOf([], [socket('SOCK_DGRAM', 'AF_UNIX'), fails]))).toBe(false);
    expect(reached(udp, viewOf([], [{...socket('SOCK_DGRAM'), actor: 'server'}, fails]))).toBe(false);
    expect(reached(udp, viewOf([], [fails]))).toBe(false);
  });

  test('on an accepted socket is on one like the listener', () => {
    const accepted: Made = {call: {name: 'accept', fd: fd(3)}, result: returned(4)};
    const calls = [socket(), accepted, {call: send('x', 4), result: failed('ECONNREFUSED')}];
    expect(reached({...goal, transport: 'tcp'}, viewOf([], calls))).toBe(true);
    expect(reached({...goal, transport: 'udp'}, viewOf([], calls))).toBe(false);
  });

  test('comes after one that worked only where the call just before it on that socket did', () => {
    const late = {...goal, isAfterSuccess: true} as const;
    const works: Made = {call: send('x'), result: returned(1)};
    const elsewhere: Made = {call: send('x', 4), result: returned(1)};
    expect(reached(late, viewOf([], [socket(), works, fails]))).toBe(true);
    expect(reached(late, viewOf([], [socket(), works, elsewhere, {...works, actor: 'server'}, fails]))).toBe(true);
    expect(reached(late, viewOf([], [socket(), fails]))).toBe(false);
    expect(reached(late, viewOf([], [socket(), works, {call: shutdown}, fails]))).toBe(false);
    // The same number, another socket: its process was ended and started again.
    expect(reached(late, viewOf([], [socket(), works, socket(), fails]))).toBe(false);
  });
});

describe('a segment', () => {
  const otherwise: Failure = {errno: 'ECONNREFUSED', calls: ['connect'], transport: 'tcp'};
  const goal = {kind: 'segment', flags: ['RST'], otherwise} as const;
  const frameWith = (...flags: TcpFlag[]) => ({summary: {kind: 'tcp', flags} as unknown as Summary}) as ReadFrame;
  const connect: Call = {name: 'connect', fd: fd(3), address: {family: 'AF_INET', ...end(8080)}};
  const refused = viewOf([], [socket(), {call: connect, result: failed('ECONNREFUSED')}]);

  test('is looked for among the frames, with all of its flags on one', () => {
    expect(reached(goal, emptyView, [frameWith('SYN'), frameWith('ACK', 'RST')])).toBe(true);
    expect(reached({...goal, flags: ['SYN', 'ACK']}, emptyView, [frameWith('SYN'), frameWith('ACK')])).toBe(false);
    expect(reached(goal, refused, [frameWith('SYN')])).toBe(false);
    expect(reached(goal, refused, [])).toBe(false);
  });

  test('is told by a call that fails where nothing is captured', () => {
    expect(reached(goal, refused)).toBe(true);
    expect(reached(goal, viewOf([], [socket()]))).toBe(false);
  });
});

describe('data after a FIN', () => {
  const goal = {kind: 'half-closed'} as const;
  const open = row({state: 'FIN_WAIT2', recvQueue: 3});
  const answer = (send_: number): Made => ({actor: 'server', call: send('bye'), marks: [{send: send_, length: 3}]});
  const waits = (view: View, marks: readonly Mark[]): View => ({
    ...view,
    flows: {...view.flows, sends: 2, inFlight: {[direction(end(8080), end(9000))]: marks}},
  });
  const calls = [socket(), {call: shutdown}, answer(0)];

  test('waits in the queue of a socket that a descriptor still holds', () => {
    const marks = [{send: 0, length: 3}];
    expect(reached(goal, waits(viewOf([open], calls), marks))).toBe(true);
    expect(reached(goal, waits(viewOf([{...open, recvQueue: 0}], calls), marks))).toBe(false);
    expect(reached(goal, waits(viewOf([{...open, heldBy: 'kernel', fd: null}], calls), marks))).toBe(false);
    expect(reached(goal, waits(viewOf([{...open, state: 'ESTABLISHED'}], calls), marks))).toBe(false);
  });

  test('was sent after it', () => {
    const early = [socket(), answer(0), {call: shutdown}];
    expect(reached(goal, waits(viewOf([open], early), [{send: 0, length: 3}]))).toBe(false);
    const both = [...early, answer(1)];
    expect(reached(goal, waits(viewOf([open], both), [{send: 0, length: 3}]))).toBe(false);
    expect(reached(goal, waits(viewOf([open], both), [{send: 1, length: 3}]))).toBe(true);
    // A second shutdown() sends nothing.
    const twice = [...calls, {call: shutdown}];
    expect(reached(goal, waits(viewOf([open], twice), [{send: 0, length: 3}]))).toBe(true);
  });
});

test('one recv() joins the bytes of several send() calls, not those of one in parts', () => {
  const goal = {kind: 'joined', sends: 2} as const;
  const sent = [0, 1].map((send_): Made => ({call: send('abc'), marks: [{send: send_, length: 3}]}));
  const received = (...marks: Mark[]): Made => ({call: recv(10), result: returned(6), marks});
  const [first, second] = [
    {send: 0, length: 3},
    {send: 1, length: 3},
  ];
  expect(reached(goal, viewOf([], [...sent, received(first, second)]))).toBe(true);
  expect(reached(goal, viewOf([], [...sent, received(first), received(second)]))).toBe(false);
  expect(reached({...goal, sends: 3}, viewOf([], [...sent, received(first, second)]))).toBe(false);
});

describe('a character', () => {
  const goal = {kind: 'cut-character'} as const;
  const cut = (data: string, length: number, lost: number, flags = 0) =>
    viewOf(
      [],
      [
        {call: {name: 'send', fd: fd(3), data, flags: 0}, marks: [{send: 0, length: length + lost}]},
        {call: recv(length, flags), result: returned(length), marks: [{send: 0, length, ...(lost ? {lost} : {})}]},
      ],
    );

  test('is cut when what is lost begins inside it', () => {
    expect(reached(goal, cut(bytes('あ'), 1, 2))).toBe(true);
    expect(reached(goal, cut(bytes('aあ'), 3, 1))).toBe(true);
    expect(reached(goal, cut(bytes('ああ'), 3, 3))).toBe(false);
    expect(reached(goal, cut(bytes('abc'), 1, 2))).toBe(false);
  });

  test('is not cut when its rest can still be read', () => {
    expect(reached(goal, cut(bytes('あ'), 1, 0))).toBe(false);
    expect(reached(goal, cut(bytes('あ'), 1, 0, messageFlags.MSG_PEEK))).toBe(false);
  });

  test('is none when the bytes are not UTF-8', () => {
    expect(reached(goal, cut(toBase64(new Uint8Array([0xff, 0x80, 0x80])), 1, 2))).toBe(false);
  });
});
