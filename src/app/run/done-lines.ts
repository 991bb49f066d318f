import type {ActorName} from '../../model/actor.ts';
import {type Fd, fd} from '../../model/brands.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Log} from '../../timeline/log.ts';
import {makers} from '../line/lab-line.ts';
import type {Labels} from '../line/scene.ts';

type Returned = Extract<LogEvent, {kind: 'call-returned'}>;

/** A line that made something. */
export interface DoneLine {
  readonly actor: ActorName;
  /** As it was written, without actor, label and comment. */
  readonly words: string;
  readonly label: string | null;
  /** How many events there were before it: for a call, the number of its call-started. */
  readonly began: number;
  readonly isCall: boolean;
}

/** The lines that made something, with what came of them: what a script is saved from, and what names of descriptors stand for. */
export class DoneLines {
  readonly #log: Log;
  readonly #lines: DoneLine[] = [];
  /** By step: how calls returned. */
  readonly #returned = new Map<string, Returned>();

  constructor(log: Log) {
    this.#log = log;
    log.subscribe(event => {
      if (event.kind === 'call-returned') this.#returned.set(event.step, event);
    });
  }

  get count(): number {
    return this.#lines.length;
  }

  add(line: DoneLine): void {
    this.#lines.push(line);
  }

  /**
   * Each with its actor, with the descriptor that it made, or with the errno that came of it. An errno is expected where it
   * came: a call that slept may fail by what was done after it.
   */
  get script(): readonly string[] {
    const lines = this.#lines.flatMap(line => [this.#written(line), ...this.#errnoOf(line)]);
    return lines.toSorted((a, b) => a.at - b.at).map(({text}) => text);
  }

  /** What names of descriptors stand for by now. A process that was started again has none of those before it. */
  get labels(): Labels {
    const labels = new Map<ActorName, Map<string, Fd>>();
    for (const line of this.#lines) {
      const {actor, label} = line;
      if (!line.isCall) labels.delete(actor);
      const made = label === null ? null : this.#madeBy(line);
      if (label === null || made === null) continue;
      labels.set(actor, (labels.get(actor) ?? new Map<string, Fd>()).set(label, made));
    }
    return Object.fromEntries(labels);
  }

  #written(line: DoneLine): {at: number; text: string} {
    const {actor, words, label, began, isCall} = line;
    const made = this.#madeBy(line);
    return {at: began, text: `${isCall ? `${actor} ` : ''}${words}${made === null ? '' : ` = ${label ?? made}`}`};
  }

  #errnoOf(line: DoneLine): {at: number; text: string}[] {
    const returned = this.#returnOf(line);
    if (returned?.outcome.kind !== 'failed') return [];
    return [{at: returned.seq, text: `expect ${line.actor} ${returned.outcome.errno}`}];
  }

  /** How a line's call returned; undefined where it has not, or is none. */
  #returnOf({began, isCall}: DoneLine): Returned | undefined {
    const started = this.#log.events[began];
    return isCall && started?.kind === 'call-started' ? this.#returned.get(started.step) : undefined;
  }

  /** The descriptor that a line's call made; null where it makes none, or has not. */
  #madeBy(line: DoneLine): Fd | null {
    const returned = this.#returnOf(line);
    if (!returned || !makers.has(returned.call.name)) return null;
    return returned.outcome.kind === 'returned' ? fd(returned.outcome.value) : null;
  }
}
