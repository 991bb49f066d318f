import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {measureCalls} from './call.ts';
import {measureCourse} from './course.ts';
import {machineText, writeResults} from './document.ts';
import {type Figure, figureText} from './figure.ts';
import {measureKeys} from './key.ts';
import {measureServe} from './serve.ts';
import type {Setting} from './setting.ts';
import {measureStart} from './start.ts';
import {measureWalks} from './walks.ts';
import {measureWire} from './wire.ts';

// Nothing here speaks TLS, and on Node 20 reading these certificates at each start would be most of what is measured.
delete process.env.NODE_EXTRA_CA_CERTS;

const measurements = {
  start: measureStart,
  key: measureKeys,
  course: measureCourse,
  call: measureCalls,
  walks: measureWalks,
  wire: measureWire,
  serve: measureServe,
} as const;
type Name = keyof typeof measurements;
const names = Object.keys(measurements) as Name[];

const help = `npm run bench -- [--only ${names.join(',')}] [--nodes PATH,...] [--write] [--quick] [--help]

Measures the program on this machine, which should have nothing else to do. Each figure is a ratio of two things that
were measured in turn in the same run: median (lowest-highest).

  start   process start to the complete home screen, against an unbundled Ink "hello" and against node -e 0
  key     key press to the changed frame at 120x40 with 10,000 events in the log, against 100 events
  course  play --all from start to end, and Enter in the list to the first frame of each lesson
  call    one call through an actor's process, against the same call made directly
  walks   200 walks of echo in one process: descriptors, processes and memory at the end against after the tenth
  wire    opening a walk in a private network, against on this machine; frames missed, and keys answered, in a flood
  serve   echo throughput through sockwalk serve with its screen on, against a bare Node server (alone, and under strace);
          10,000 clients at once: answers, key press to frame, memory; a million events: what is lost, memory

  --only  the measurements to make, with commas between them
  --nodes programs of Node to measure the start with, beside the one that runs this
  --write puts the figures into docs/benchmarks.md
  --quick few repetitions, to see that it works
`;

const options = {
  only: {type: 'string'},
  nodes: {type: 'string'},
  write: {type: 'boolean'},
  quick: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
} as const;

interface Choice {
  readonly chosen: readonly Name[];
  readonly nodes: readonly string[];
  readonly isQuick: boolean;
  readonly isToWrite: boolean;
}

class Wrong extends Error {}

function readArguments(): Choice | 'help' {
  const {values} = parseArgs({options});
  if (values.help) return 'help';
  const words = values.only?.split(',') ?? names;
  const unknown = words.find(word => !names.some(name => name === word));
  if (unknown !== undefined) throw new Wrong(`there is no measurement "${unknown}"; there are ${names.join(', ')}`);
  // The document holds one complete run.
  if (values.write && (values.quick || values.only)) throw new Wrong('--write goes with all measurements in full');
  return {
    chosen: names.filter(name => words.includes(name)),
    nodes: [process.execPath, ...(values.nodes?.split(',') ?? [])],
    isQuick: values.quick === true,
    isToWrite: values.write === true,
  };
}

async function run({chosen, nodes, isQuick, isToWrite}: Choice): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'sockwalk-bench-'));
  const figures: Figure[] = [];
  let failed = 0;
  process.stdout.write(`${machineText()}\n\n`);
  try {
    for (const name of chosen) {
      const made = await measure(name, {isQuick, nodes, folder, tell});
      if (made === null) failed += 1;
      else figures.push(...made);
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
  if (isToWrite && failed === 0) await writeResults(figures, 'npm run bench -- --write');
  return failed === 0 ? 0 : 1;
}

async function measure(name: Name, setting: Setting): Promise<readonly Figure[] | null> {
  try {
    setting.tell(`${name} …`);
    const figures = await measurements[name](setting);
    setting.tell('');
    for (const figure of figures) process.stdout.write(`${figureText(figure)}\n`);
    return figures;
  } catch (error) {
    setting.tell('');
    process.stdout.write(`${name}: could not be measured: ${error instanceof Error ? error.message : error}\n\n`);
    return null;
  }
}

/** One line that is written over on a terminal; elsewhere nobody watches. */
function tell(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progress}`);
}

try {
  const choice = readArguments();
  if (choice === 'help') process.stdout.write(help);
  else process.exitCode = await run(choice);
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = error instanceof Wrong || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE') ? 2 : 1;
}
