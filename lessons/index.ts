import type {Chapter} from '../src/model/course.ts';
import type {Lesson} from '../src/model/lesson.ts';
import {acceptQueue} from './accept-queue.ts';
import {addresses} from './addresses.ts';
import {backlog} from './backlog.ts';
import {bothRoles} from './both-roles.ts';
import {buffers} from './buffers.ts';
import {clientFlow} from './client-flow.ts';
import {challenges} from './data/challenges.ts';
import {echo} from './echo.ts';
import {fourWaysToPart} from './four-ways-to-part.ts';
import {goodbye} from './goodbye.ts';
import {handshake} from './handshake.ts';
import {layers} from './layers.ts';
import {loss} from './loss.ts';
import {many} from './many.ts';
import {nagle} from './nagle.ts';
import {nat} from './nat.ts';
import {node} from './node.ts';
import {order} from './order.ts';
import {refused} from './refused.ts';
import {reset} from './reset.ts';
import {reuse} from './reuse.ts';
import {router} from './router.ts';
import {sequenceNumbers} from './sequence-numbers.ts';
import {serverFlow} from './server-flow.ts';
import {socketFile} from './socket-file.ts';
import {spotTheBugs} from './spot-the-bugs.ts';
import {states} from './states.ts';
import {stream} from './stream.ts';
import {textAndBytes} from './text-and-bytes.ts';
import {udp} from './udp.ts';
import {window} from './window.ts';

/** The course, in its order. */
export const chapters: readonly Chapter[] = [
  {title: {ja: 'はじめに', en: 'First steps'}, lessons: [layers, serverFlow, clientFlow, echo, order]},
  {title: {ja: 'つながるまで', en: 'Getting connected'}, lessons: [addresses, acceptQueue, refused]},
  {title: {ja: 'バイトの流れ', en: 'Bytes on their way'}, lessons: [stream, textAndBytes, buffers]},
  {title: {ja: '別れ方と時間', en: 'Parting, and time'}, lessons: [goodbye, states, nagle, reset, reuse, backlog]},
  {
    title: {ja: '線の上で', en: 'On the wire'},
    lessons: [handshake, sequenceNumbers, fourWaysToPart, window, loss, nat, bothRoles],
  },
  {title: {ja: 'ほかのソケット', en: 'Other sockets'}, lessons: [many, socketFile, udp]},
  {title: {ja: 'Node とルーター', en: 'Node and the router'}, lessons: [node, router, spotTheBugs]},
];

export const lessons: readonly Lesson[] = chapters.flatMap(chapter => chapter.lessons);

export const challengeCount = challenges.length;
