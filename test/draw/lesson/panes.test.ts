import {expect, test} from 'vitest';
import {lessons} from '../../../lessons/index.ts';
import {paneLines} from '../../../src/draw/lesson/panes.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {fd, pid, port} from '../../../src/model/brands.ts';
import type {LogEvent} from '../../../src/model/event.ts';
import type {Lesson} from '../../../src/model/lesson.ts';
import {logOf} from '../../../src/timeline/log.ts';
import {project} from '../../../src/timeline/project.ts';

const [lesson] = lessons as [Lesson];
const mapped = '::ffff:127.0.0.1';

test('addresses that are longer than their column in the kernel’s table stay apart', () => {
  const happenings = [
    {kind: 'actor-started', actor: 'server', pid: pid(1)},
    {
      kind: 'kernel-read',
      sockets: [
        {
          actor: 'server',
          fd: fd(4),
          inode: 7,
          protocol: 'tcp6',
          local: {host: mapped, port: port(40421)},
          remote: {host: mapped, port: port(36806)},
          state: 'ESTABLISHED',
          recvQueue: 0,
          sendQueue: 0,
          listed: true,
          heldBy: 'descriptor',
        },
      ],
      waiting: [],
    },
  ] as const;
  const events = happenings.map((happening, seq) => ({seq, at: 0, ...happening})) as LogEvent[];
  const view = project(logOf(events), events.length);
  const lines = paneLines(
    'kernel',
    {view, lesson, step: null, port: 8080, frames: [], isRecorded: false},
    lookOf('en', false),
    {
      width: 80,
      height: 5,
    },
  );
  const rows = lines.map(line => line.map(span => span.text).join(''));
  expect(rows.at(-1)).toContain(`tcp6   [${mapped}]:40421 [${mapped}]:36806 ESTABLISHED`);
});
