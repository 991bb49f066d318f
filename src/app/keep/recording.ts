import {Ajv, type ValidateFunction} from 'ajv';
import {cliText} from '../../messages/cli.ts';
import type {ActorName} from '../../model/actor.ts';
import type {Call} from '../../model/call.ts';
import type {LogEvent} from '../../model/event.ts';
import {eventSchemas} from '../../timeline/event-schema.ts';
import type {Complaint} from '../words/complaint.ts';
import {readBounded} from './bounded-file.ts';

/** A saved walk as far as it can be trusted. */
export interface Recording {
  readonly events: readonly LogEvent[];
  /** What is wrong with the first line that cannot be trusted, or with the end; null when the recording is whole. */
  readonly damage: Complaint | null;
}

/** Bytes: some hundred times the whole course, and less than the longest string of V8. */
const longest = 256 * 1024 * 1024;

export class Unreadable extends Error {}

/** Reads JSON lines as `play --format json` writes them. Throws `Unreadable` when the file cannot be read at all. */
export async function readRecording(file: string): Promise<Recording> {
  const text = await readBounded(file, longest).catch((error: NodeJS.ErrnoException) => {
    throw new Unreadable(error.code ?? error.message);
  });
  if (text === null) throw new Unreadable(`> ${longest} bytes`);
  return parseRecording(text, file);
}

interface Wrong {
  readonly text: Complaint['text'];
  readonly values?: Complaint['values'];
}

export function parseRecording(text: string, file: string): Recording {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const events: LogEvent[] = [];
  const reader = new Reader();
  for (const [i, line] of lines.entries()) {
    const read = reader.read(line, events.length);
    if ('wrong' in read) {
      const {text: why, values = {}} = read.wrong;
      return {events, damage: broken(file, i + 1, events.length, why, values)};
    }
    events.push(read.event);
  }
  return {events, damage: reader.isComplete ? null : cutOff(file, events.length)};
}

const broken = (
  file: string,
  line: number,
  count: number,
  why: Complaint['text'],
  values: Complaint['values'],
): Complaint => ({
  text: {
    ja: cliText.recordingBroken.ja.replace('{why}', filled(why.ja, values)),
    en: cliText.recordingBroken.en.replace('{why}', filled(why.en, values)),
  },
  values: {file, line, count},
});

const filled = (text: string, values: Complaint['values']): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

const cutOff = (file: string, count: number): Complaint =>
  count === 0
    ? {text: cliText.recordingEmpty, values: {file}}
    : {text: cliText.recordingCut, values: {file, line: count, count}};

/** The schema is what this version writes; a later minor one may write more properties, which are passed over. */
const readerOfAnyMinor = (): Ajv => new Ajv().removeKeyword('additionalProperties').addKeyword('additionalProperties');

/** Checks each line by itself and against the ones before it. */
class Reader {
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #ajv = readerOfAnyMinor();
  readonly #alive = new Set<ActorName>();
  /** Calls that have not returned; of each actor one, and a program that it runs. */
  readonly #calling = new Set<string>();
  #started = 0;

  get isComplete(): boolean {
    return this.#started > 0 && this.#alive.size === 0;
  }

  read(line: string, expectedSeq: number): {event: LogEvent} | {wrong: Wrong} {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return {wrong: {text: cliText.notJson}};
    }
    const shape = this.#shapeError(value);
    if (shape !== null) return {wrong: {text: cliText.notAnEvent, values: {what: shape}}};
    const event = value as LogEvent;
    if (event.seq !== expectedSeq) {
      return {wrong: {text: cliText.outOfOrder, values: {expected: expectedSeq, found: event.seq}}};
    }
    return this.#follows(event) ? {event} : {wrong: {text: cliText.answersNothing}};
  }

  #shapeError(value: unknown): string | null {
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : '';
    if (!Object.hasOwn(eventSchemas, kind)) return `kind ${JSON.stringify(kind)}`;
    const validate = this.#validators.get(kind) ?? this.#ajv.compile(eventSchemas[kind as keyof typeof eventSchemas]);
    this.#validators.set(kind, validate);
    if (validate(value)) return null;
    const [error] = validate.errors ?? [];
    return `${kind}${error?.instancePath ?? ''} ${error?.message ?? ''}`;
  }

  /** Whether this may come now: only a started call returns, and only a started actor calls or exits. */
  #follows(event: LogEvent): boolean {
    switch (event.kind) {
      case 'actor-started':
        this.#started += 1;
        this.#alive.add(event.actor);
        return true;
      case 'call-started':
        this.#calling.add(keyOf(event));
        // The network is there before the actors, and its start is no event.
        return event.actor === 'network' || this.#alive.has(event.actor);
      case 'call-returned':
      case 'call-lost':
        return this.#calling.delete(keyOf(event));
      case 'program-started':
      case 'said':
      case 'traced':
        return this.#alive.has(event.actor);
      case 'actor-exited':
        return event.actor === 'network' || this.#alive.delete(event.actor);
      case 'kernel-read':
      case 'frame':
      case 'wire-counted':
      case 'predicted':
      case 'arranged':
      case 'judged':
        return true;
    }
  }
}

const keyOf = ({actor, call}: {actor: ActorName; call: Call}): string => JSON.stringify([actor, call]);
