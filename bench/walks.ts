import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {atMost, type Figure} from './figure.ts';
import type {Setting} from './setting.ts';
import {type Holdings, type Report, settledAfter} from './walking.ts';

const goalMb = 10;
const walking = fileURLToPath(new URL('walking.ts', import.meta.url));
// V8 gives a busy process more room for young objects, up to 32 MB and more, and keeps it when it is empty. With that room
// held small, what the process grows by is what walks leave behind.
const flags = ['--expose-gc', '--max-semi-space-size=1'];

/** Whether walks leave anything behind: descriptors, processes, memory. */
export async function measureWalks({isQuick, tell}: Setting): Promise<Figure[]> {
  const walks = isQuick ? settledAfter + 3 : 200;
  const held = await walkElsewhere(walks, made => tell(`walks: ${made} of ${walks}`));
  const early = held.get(settledAfter);
  const late = held.get(walks);
  if (!early || !late) throw new Error('the process that walks ended early');
  return figures(early, late, walks);
}

/** What a process held that walked so often, by the number of walks it had made. */
async function walkElsewhere(walks: number, tell: (made: number) => void): Promise<ReadonlyMap<number, Holdings>> {
  const held = new Map<number, Holdings>();
  let failure: string | null = null;
  const child = fork(walking, [String(walks)], {execArgv: [...process.execArgv, ...flags]});
  child.on('message', (report: Report) => {
    if (report.kind === 'walked') tell(report.walks);
    if (report.kind === 'held') held.set(report.after, report.holdings);
    if (report.kind === 'failed') failure = report.why;
  });
  await once(child, 'close');
  if (failure !== null) throw new Error(failure);
  return held;
}

function figures(early: Holdings, late: Holdings, walks: number): Figure[] {
  const span = `after ${walks} walks of echo / after ${settledAfter}`;
  const count = (name: string, before: number, after: number): Figure => ({
    name: `${name} ${span}`,
    // None before and none after is no growth either.
    value: (after === before ? 1 : after / before).toFixed(2),
    goal: {text: 'no growth', shortBy: after <= before ? null : String(after - before)},
    detail: `${before} -> ${after}`,
  });
  const growth = late.residentMb - early.residentMb;
  return [
    count('open descriptors', early.descriptors, late.descriptors),
    count('child processes', early.children, late.children),
    {
      name: `resident memory ${span}`,
      value: (late.residentMb / early.residentMb).toFixed(2),
      goal: {...atMost(goalMb, growth, ' MB'), text: `growth within ${goalMb} MB`},
      detail: `${mb(early.residentMb)} -> ${mb(late.residentMb)}, in use by JavaScript ${mb(early.heapMb)} -> ${mb(late.heapMb)}; after two collections, V8's young generation held at its smallest`,
    },
  ];
}

const mb = (megabytes: number): string => `${megabytes.toFixed(1)} MB`;
