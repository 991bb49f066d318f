import {NoFolder} from '../../lab/file/folder.ts';
import {cliText} from '../../messages/cli.ts';
import {fill} from '../../messages/fill.ts';
import {jsonText} from '../../messages/json.ts';
import {actorText} from '../../messages/screen.ts';
import {transcriptText} from '../../messages/transcript.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson} from '../../model/lesson.ts';
import type {Language} from '../../model/text.ts';
import {CaptureFile} from '../keep/capture-file.ts';
import {folderSentence} from '../run/cannot-run.ts';
import {lackSentence, lessonHere} from '../run/lesson-here.ts';
import {chooseNetwork, chosenNetwork, letGo, networkSentence} from '../run/network-choice.ts';
import {type Cut, Walk} from '../run/walk.ts';
import {askPrediction} from './ask-prediction.ts';
import type {Options} from './options.ts';
import type {Style} from './style.ts';
import {Transcript} from './transcript.ts';

/** Where a command writes, and how it learns that it should stop. */
export interface Environment {
  readonly out: (line: string) => void;
  readonly say: (line: string) => void;
  readonly style: Style;
  readonly stopped: AbortSignal;
  /** Lines that answer questions; none where nothing is asked. */
  readonly answers?: AsyncIterator<string>;
}

/**
 * Plays lessons to their end on the real kernel, writing text or one event per line.
 *
 * @returns the exit code: 0 when the kernel did all that they claim, 1 when it did not or they cannot run, 2 for a port
 * that may not be used.
 */
export async function play(
  chosen: readonly Lesson[],
  options: Options,
  around: Environment,
  all: readonly Lesson[],
): Promise<number> {
  await using pcap = await CaptureFile.open(options.pcap, around);
  if (!pcap) return 1;
  const writer = options.format === 'json' ? new JsonLines(around) : new TextLines(around, all);
  /** One of them could not be played. */
  let isShort = false;
  for (const whole of chosen) {
    if (around.stopped.aborted) return 1;
    const chosen = await chooseNetwork(whole, options);
    const sentence = networkSentence(chosen, around.style.language);
    if (sentence !== '') around.say(sentence);
    const where = chosenNetwork(chosen);
    if (!where) return chosen.port.kind === 'refused' && chosen.port.errno === 'EACCES' ? 2 : 1;
    const {lesson, lacks} = await lessonHere(whole, where.network);
    if (lacks.length > 0) around.say(lackSentence(whole, lesson, lacks, around.style.language));
    if (lesson.steps.length === 0) {
      await letGo(where);
      continue;
    }
    const message = options.message ?? lesson.message?.[around.style.language] ?? '';
    const opening = Walk.open(lesson, where, message, options.seed ?? undefined);
    await using walk = await openedOrSaid(lesson, opening, around);
    if (!walk) {
      isShort = true;
      continue;
    }
    writer.begin(walk);
    const stop = () => void walk[Symbol.asyncDispose]();
    around.stopped.addEventListener('abort', stop);
    while (walk.nextStep && !walk.cut && !around.stopped.aborted && writer.failure === null) {
      await writer.ask(walk);
      if (!around.stopped.aborted) await walk.next();
    }
    await walk[Symbol.asyncDispose]();
    around.stopped.removeEventListener('abort', stop);
    await pcap.add(walk.log.events);
    if (around.stopped.aborted) return 1;
    const {failure} = writer;
    if (walk.cut) {
      around.say(cutSentence(lesson, walk.cut, around.style.language));
      return 1;
    }
    for (const line of verdict(lesson, failure, around.style.language)) {
      if (failure) around.say(line);
      else if (options.format === 'text') around.out(line);
    }
    if (failure) break;
  }
  pcap.tell();
  return writer.failure || isShort || pcap.hasFailed ? 1 : 0;
}

/** A lesson that needs a folder is left out where there is none, since others need none. */
async function openedOrSaid(lesson: Lesson, opening: Promise<Walk>, around: Environment): Promise<Walk | null> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof NoFolder)) throw error;
    around.say(`${lesson.id}: ${folderSentence(error, around.style.language)}`);
    return null;
  }
}

const cutSentence = (lesson: Lesson, cut: Cut, language: Language): string =>
  fill(cliText.cut, language, {lesson: lesson.id, actor: actorText[cut.actor][language], how: cut.how});

type Judged = Extract<LogEvent, {kind: 'judged'}>;

function verdict(lesson: Lesson, failure: Judged | null, language: Language): string[] {
  if (!failure) return [fill(transcriptText.allHeld, language, {lesson: lesson.id, count: lesson.steps.length}), ''];
  return [
    fill(transcriptText.failed, language, {lesson: lesson.id, step: failure.step}),
    ...failure.unmet.map(part => fill(transcriptText.failedPart, language, {...part})),
  ];
}

abstract class Writer {
  failure: Judged | null = null;
  #start: number | null = null;

  begin(walk: Walk): void {
    const offset = this.#offset(walk);
    this.open(walk);
    const write = (event: LogEvent) => {
      if (event.kind === 'judged' && !event.holds) this.failure ??= event;
      this.write({...event, at: Math.round((event.at + offset) * 1e6) / 1e6});
    };
    for (const event of walk.log.events) write(event);
    walk.log.subscribe(write);
  }

  /** Seconds from the first walk's beginning to this one's. */
  #offset(walk: Walk): number {
    const began = performance.now() / 1000 - walk.now();
    this.#start ??= began;
    return began - this.#start;
  }

  /** Asks what the learner predicts for the next step, where that is wanted. */
  async ask(_walk: Walk): Promise<void> {}

  protected abstract open(walk: Walk): void;
  protected abstract write(event: LogEvent): void;
}

class JsonLines extends Writer {
  readonly #around: Environment;
  /** Several lessons make one stream, so the numbers go on: what this walk's begin at, and the next one's. */
  #first = 0;
  #next = 0;

  constructor(around: Environment) {
    super();
    this.#around = around;
  }

  protected open(): void {
    this.#first = this.#next;
  }

  protected write(event: LogEvent): void {
    const seq = this.#first + event.seq;
    this.#next = seq + 1;
    const call = event.kind === 'frame' && event.call !== null ? {call: this.#first + event.call} : {};
    this.#around.out(jsonText({...event, ...call, seq}));
  }
}

class TextLines extends Writer {
  readonly #around: Environment;
  readonly #all: readonly Lesson[];
  #transcript: Transcript | null = null;

  constructor(around: Environment, all: readonly Lesson[]) {
    super();
    this.#around = around;
    this.#all = all;
  }

  protected open(walk: Walk): void {
    this.#transcript = new Transcript(
      this.#around.style,
      withThis(walk.lesson, this.#all),
      () => walk.bindings.serverPort,
    );
  }

  override async ask(walk: Walk): Promise<void> {
    const {answers, out, style} = this.#around;
    if (!answers || !this.#transcript) return;
    await askPrediction(walk, this.#transcript, {answers, out, style});
  }

  protected write(event: LogEvent): void {
    for (const line of this.#transcript?.lines(event) ?? []) this.#around.out(line);
  }
}

/** A lesson as it is played here, in its place among the others. */
const withThis = (here: Lesson, all: readonly Lesson[]): readonly Lesson[] =>
  all.map(lesson => (lesson.id === here.id ? here : lesson));
