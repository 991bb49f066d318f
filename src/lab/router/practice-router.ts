// The practice router: a process that answers searches and requests on this machine's loopback, by itself, until it is let go.

import type {Reply, Request} from '../actor/actor-protocol.ts';
import {openPracticeRouter} from './router-servers.ts';

// A reply to a program that has just died is nobody's: without a callback the error would end this process in the slow way.
const ignored = () => {};
const say = (reply: Reply) => process.connected && process.send?.(reply, ignored);

// As an actor: the terminal sends these to the whole foreground group, and the program decides when its children end.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

await openPracticeRouter();
process.on('message', ({id}: Request) => say({id, kind: 'refused', why: 'a router makes its own calls'}));
say({kind: 'ready', pid: process.pid});
