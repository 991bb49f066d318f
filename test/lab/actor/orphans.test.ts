import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {expect, onTestFinished, test} from 'vitest';
import {mayCapture} from '../../../src/app/run/network-choice.ts';
import {builtFile} from '../../../src/lab/child/built-file.ts';
import {needs} from '../../needs.ts';
import {until} from '../until.ts';

const isGone = ({exitCode, signalCode}: ChildProcess): boolean => exitCode !== null || signalCode !== null;

// What it answers then reaches nobody: that must not keep it, with threads that wait for frames, from ending.
test(
  'a capture that is asked something by a program which dies at once ends as well',
  needs((await mayCapture()) ? null : 'needs CAP_NET_RAW'),
  async () => {
    const child = fork(builtFile('network.js'), ['host', '65001,65002'], {serialization: 'advanced'});
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    child.kill('SIGSTOP');
    for (let id = 0; id < 50; id++) child.send({id, kind: 'frames', most: 10});
    child.disconnect();
    child.kill('SIGCONT');
    await until('it has ended', () => isGone(child));
    expect(isGone(child)).toBe(true);
  },
);
