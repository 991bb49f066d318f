import {describe, expect, test} from 'vitest';
import {labLesson} from '../../src/app/run/lab-lesson.ts';
import {Performer} from '../../src/app/run/line-performer.ts';
import {openFreePlay} from '../../src/app/run/open-free-play.ts';
import {laneLines} from '../../src/draw/lesson/lanes.ts';
import {paneLines} from '../../src/draw/lesson/panes.ts';
import {lookOf} from '../../src/draw/text/look.ts';
import type {SocketRow} from '../../src/model/sockets.ts';
import type {Language} from '../../src/model/text.ts';
import {logOf} from '../../src/timeline/log.ts';
import {project} from '../../src/timeline/project.ts';
import type {View} from '../../src/timeline/view.ts';
import {whyNotInside} from '../lab/inside.ts';
import {needs} from '../needs.ts';
import {lessonNamed, walked} from '../walked.ts';

const textOf = (lines: ReturnType<typeof laneLines>): string[] =>
  lines.map(line =>
    line
      .map(span => span.text)
      .join('')
      .trimEnd(),
  );

/** What the pane of bytes says of the newest call. */
const said = (view: View, language: Language = 'en'): string[] =>
  textOf(
    paneLines(
      'bytes',
      {view, lesson: labLesson, step: null, port: 0, frames: [], isRecorded: false},
      lookOf(language, true),
      {width: 80, height: 6},
    ),
  ).filter(line => /^[A-Z] {2}/.test(line));

const drawn = (view: View, language: Language = 'en'): string =>
  textOf(laneLines(view, lookOf(language, true), {width: 120, height: 6}, null, 0)).join('\n');

const rowsOf = (view: View, actor: string): readonly SocketRow[] =>
  view.lanes.flatMap(lane => (lane.actor === actor ? lane.sockets : []));

/** Performs the lines, and gives the view after each. */
async function after(...lines: readonly string[]): Promise<readonly View[]> {
  await using play = await openFreePlay(null, {network: 'private', port: null}, () => {});
  const performer = new Performer(play, []);
  const views: View[] = [];
  for (const line of lines) {
    expect(await performer.perform(line, 'script'), line).toMatchObject({kind: 'made'});
    views.push(performer.view);
  }
  return views;
}

const connected = [
  ...['server socket', 'server bind 127.0.0.1:8080', 'server listen', 'client socket', 'client connect'],
  'server accept',
];
const receiver = ['server socket AF_INET SOCK_DGRAM', 'server bind 127.0.0.1:8080'];
const sender = 'client socket AF_INET SOCK_DGRAM';

describe.concurrent('bytes that nobody has received are where the kernel shows them:', needs(whyNotInside), () => {
  test('datagrams for which there was no room were dropped, and stand in no queue', async ({expect}) => {
    await using play = await openFreePlay(null, {network: 'private', port: null}, () => {});
    const performer = new Performer(play, []);
    const perform = async (line: string): Promise<View> => {
      expect(await performer.perform(line, 'script'), line).toMatchObject({kind: 'made'});
      return performer.view;
    };
    for (const line of [...receiver, 'server setsockopt SO_RCVBUF 2304', sender]) await perform(line);
    const told: string[] = [];
    for (const _ of 'ABCDEF') told.push(...said(await perform('client sendto "a"*700 127.0.0.1:8080')));
    const full = performer.view;
    const [{drops = 0} = {}] = rowsOf(full, 'server');
    const kept = 6 - drops;
    expect(kept).toBeGreaterThan(0);
    expect(drops).toBeGreaterThan(0);
    expect(told).toEqual(
      [...'ABCDEF'].map((letter, i) => `${letter}  client sendto() 700 B -> ${i < kept ? 'Recv-Q' : 'dropped'}`),
    );
    expect(said(full, 'ja')).toEqual(['F  client sendto() 700 B -> 破棄']);
    expect(drawn(full)).toContain(`<${[...'ABCDEF'].slice(0, kept).join('|')} `);
    expect(drawn(full)).toContain(`drops ${drops}`);
    expect(drawn(full, 'ja')).toContain(`破棄 ${drops}`);
    for (let i = 0; i < kept; i++) await perform('server recv');
    expect(rowsOf(performer.view, 'server')).toMatchObject([{recvQueue: 0, drops}]);
    expect(drawn(performer.view)).not.toMatch(/<[A-F]/);
  });

  test('what no one acknowledged is in the queue of its sender', async ({expect}) => {
    const lesson = lessonNamed('loss');
    const at = lesson.steps.findIndex(({call}) => call.name === 'send');
    const events = await walked({...lesson, steps: lesson.steps.slice(0, at + 1)});
    const judged = events.findLastIndex(({kind}) => kind === 'judged') + 1;
    const view = project(logOf(events), judged);
    expect(rowsOf(view, 'client')).toMatchObject([{sendQueue: 5}]);
    expect(said(view)).toEqual(['A  client send() 5 B -> Send-Q']);
  });

  test('what a closed end would have received is gone with it', async ({expect}) => {
    const views = await after(...connected, 'server close', 'client send "late"');
    expect(said(views.at(-1) as View)).toEqual(['A  client send() 4 B -> gone']);
    expect(said(views.at(-1) as View, 'ja')).toEqual(['A  client send() 4 B -> 消失']);
    expect(drawn(views.at(-1) as View)).not.toMatch(/<A/);
  });

  test('what the process had not read when it ended is gone', async ({expect}) => {
    const views = await after(...connected, 'client send "unread"', 'kill server');
    expect(views.slice(-2).map(view => said(view))).toEqual([
      ['A  client send() 6 B -> Recv-Q'],
      ['A  client send() 6 B -> gone'],
    ]);
  });

  test('what fills both queues is in both', async ({expect}) => {
    const full = ['server setsockopt SO_RCVBUF 4096', 'client fcntl F_SETFL O_NONBLOCK', 'client send "x"*8000000'];
    const view = (await after(...connected, ...full)).at(-1) as View;
    const [line = ''] = said(view);
    const sent = Number(/ send\(\) (\d+) B -> /.exec(line)?.[1]);
    // What is between the two may be in neither when the kernel is looked at; and one place alone has no number.
    const [received, unseen, unsent] = ['Recv-Q', 'not seen in a queue', 'Send-Q'].map(place => {
      const found = new RegExp(`${place}(?: (\\d+) B)?`).exec(line);
      return found ? Number(found[1] ?? sent) : 0;
    });
    expect((received ?? 0) + (unseen ?? 0) + (unsent ?? 0), line).toBe(sent);
    expect(rowsOf(view, 'client')).toMatchObject([{sendQueue: unsent}]);
  });

  test('a datagram that no socket here takes is not seen', async ({expect}) => {
    const view = (await after(sender, 'client sendto "lost" 127.0.0.1:9999')).at(-1) as View;
    expect(said(view)).toEqual(['A  client sendto() 4 B -> not seen in a queue']);
    expect(said(view, 'ja')).toEqual(['A  client sendto() 4 B -> どのキューにも見えない']);
  });

  test('datagrams for which there was room are in the queue', async ({expect}) => {
    const views = await after(
      ...receiver,
      sender,
      'client sendto "one" 127.0.0.1:8080',
      'client sendto "two" 127.0.0.1:8080',
    );
    expect(said(views.at(-1) as View)).toEqual(['B  client sendto() 3 B -> Recv-Q']);
    expect(drawn(views.at(-1) as View)).toContain('<A|B 6B');
  });
});

describe('a socket that is connected to itself', needs(whyNotInside), () => {
  const itself = ['client socket', 'client bind 127.0.0.1:8080', 'client connect', 'client send "hello"'];

  test('has its bytes on one way, towards itself, and no wire to the other side', async () => {
    const view = (await after(...itself)).at(-1) as View;
    expect(rowsOf(view, 'client')).toMatchObject([{state: 'ESTABLISHED', recvQueue: 5}]);
    expect(drawn(view).match(/A 5B/g)).toHaveLength(1);
    expect(drawn(view)).toContain(' A 5B>');
    expect(drawn(view)).not.toContain('==');
  });

  test('sends its frames to neither side', async () => {
    await using play = await openFreePlay(null, {network: 'private', port: null}, () => {});
    const performer = new Performer(play, []);
    for (const line of itself) await performer.perform(line, 'script');
    await performer.perform('expect ESTABLISHED', 'script');
    const ways = performer.frames?.map(({sender, goesTo}) => [sender, goesTo]) ?? [];
    expect(ways.length).toBeGreaterThan(2);
    expect(new Set(ways.map(String))).toEqual(new Set(['client,']));
  });
});
