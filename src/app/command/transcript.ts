import {answererOf} from '../../claims/answerer.ts';
import {plainText} from '../../draw/text/glyphs.ts';
import {withoutSteering} from '../../draw/text/spans.ts';
import {wrap} from '../../draw/text/wrap.ts';
import {errnoText} from '../../messages/errno-words.ts';
import {fill} from '../../messages/fill.ts';
import {harmlessText} from '../../messages/harmless.ts';
import {labText} from '../../messages/lab.ts';
import {callText, durationText, resultText} from '../../messages/notation.ts';
import {isNoise, saidText} from '../../messages/said.ts';
import {answererText, screenText} from '../../messages/screen.ts';
import {heldText, stateName} from '../../messages/states.ts';
import {tracedText} from '../../messages/traced.ts';
import {transcriptText as words} from '../../messages/transcript.ts';
import type {ActorName, HostName} from '../../model/actor.ts';
import {endpointText, isNowhere} from '../../model/address.ts';
import type {LogEvent} from '../../model/event.ts';
import {type Lesson, type Prediction, partSought, type Step} from '../../model/lesson.ts';
import type {SocketRow} from '../../model/sockets.ts';
import type {Language} from '../../model/text.ts';
import {numberShown, orderShown} from '../../timeline/choice-order.ts';
import {labLesson} from '../run/lab-lesson.ts';
import type {Style} from './style.ts';
import {WireLines} from './wire-lines.ts';

/** Writes a walk down as plain text, event by event: what a screen reader, a pipe or a log can have of it. */
export class Transcript {
  readonly #style: Style;
  readonly #lessons: readonly Lesson[];
  readonly #serverPort: () => number;
  readonly #pids: string[] = [];
  /** In a network of several machines: which of them an actor lives on. */
  readonly #hosts = new Map<ActorName, HostName>();
  /** By actor: the command of the program that it runs. */
  readonly #running = new Map<string, string>();
  readonly #wire = new WireLines();
  #lesson: Lesson | null = null;
  #step: Step | null = null;
  /** The step whose head is written and which has not been judged yet: its other calls stand under the same head. */
  #open: string | null = null;
  /** In which its choices are shown, as indexes. */
  #order: readonly number[] = [];
  /** What the learner predicts for the step that comes, as an index. */
  #predicted: number | null = null;
  /** The calls are those of free play. */
  #isFree = false;

  constructor(style: Style, lessons: readonly Lesson[], serverPort: () => number) {
    this.#style = style;
    this.#lessons = lessons;
    this.#serverPort = serverPort;
  }

  /** The lines that this event adds. */
  lines(event: LogEvent): string[] {
    // A recording's strings are whatever somebody wrote there.
    const lines = this.#linesOf(event).map(withoutSteering);
    return this.#style.ascii ? lines.map(plainText) : lines;
  }

  /** The beginning of a step, with its question, where that is asked before the call. It is not written again. */
  asking(lesson: string, step: string, choices: readonly number[]): string[] {
    const lines = [...this.#lessonHead(lesson), ...this.#stepHead(step, choices)].map(withoutSteering);
    return this.#style.ascii ? lines.map(plainText) : lines;
  }

  #linesOf(event: LogEvent): string[] {
    const {language} = this.#style;
    switch (event.kind) {
      case 'actor-started':
        if (event.host) this.#hosts.set(event.actor, event.host);
        else this.#hosts.delete(event.actor);
        if (this.#isFree) return [`    ${this.#name(event.actor)}  pid ${event.pid}`];
        this.#pids.push(`${this.#name(event.actor)} pid ${event.pid}`);
        return [];
      case 'call-started':
        if (event.call.name === 'run')
          this.#running.set(event.actor, callText(event.call, undefined, this.#style.ascii));
        return [...this.#lessonHead(event.lesson), ...this.#stepHead(event.step, event.choices)];
      case 'call-returned': {
        const {actor, call, outcome, elapsedUs} = event;
        const meaning =
          outcome.kind === 'failed' ? ` (${(errnoText[outcome.errno] ?? errnoText.EUNKNOWN)[language]})` : '';
        return [
          `    ${this.#name(actor)}  ${callText(call, outcome, this.#style.ascii)} ${resultText(outcome, this.#style.ascii, call)}${meaning}    ${durationText(elapsedUs)}`,
        ];
      }
      case 'call-lost':
        return [
          `    ${this.#name(event.actor)}  ${callText(event.call, {kind: 'lost'}, this.#style.ascii)} = ?  ${words.lost[language]}`,
        ];
      case 'program-started':
        return [`    ${event.actor}  ${this.#running.get(event.actor) ?? ''}  pid ${event.pid}`];
      case 'said':
        return isNoise(event) ? [] : [`      ${event.actor}  ${saidText(event, this.#style.ascii)}`];
      case 'traced': {
        return [`        ${event.actor}  ${tracedText(event, this.#style.ascii)}${recordedMark(event, language)}`];
      }
      case 'kernel-read':
        // What stands there before the first call is told with the first one.
        if (this.#pids.length > 0) return [];
        return [
          ...event.waiting.map(({actor, call, threadState, sleepsIn}) => {
            const where = sleepsIn === '' ? '' : `, ${sleepsIn}`;
            return `    ${this.#name(actor)}  ${call}() ${words.waits[language]} (${threadState}${where})`;
          }),
          ...event.sockets.map(row => this.#row(row)),
          ...(event.files ?? []).map(file => `      ${screenText.file[language]}  ${file.name}  ${file.mode}`),
        ];
      case 'judged':
        return this.#verdict(event);
      case 'frame':
        return [`      ${this.#wire.line(event, language)}`];
      case 'predicted':
        this.#predicted = event.choice;
        return [];
      case 'wire-counted':
      case 'arranged':
        return [];
      case 'actor-exited':
        return this.#exit(event);
    }
  }

  /** `client`, or `client @ home`. */
  #name(actor: ActorName): string {
    const host = this.#hosts.get(actor);
    return host ? `${actor} @ ${host}` : actor;
  }

  #lessonHead(id: string): string[] {
    if (this.#lesson?.id === id && !this.#isFree) return [];
    this.#lesson = this.#lessons.find(lesson => lesson.id === id) ?? null;
    this.#step = null;
    this.#open = null;
    const {language} = this.#style;
    if (id === labLesson.id) return this.#labHead();
    this.#isFree = false;
    const number = this.#lessons.findIndex(lesson => lesson.id === id) + 1;
    const title = `${number} ${id}  ${this.#lesson?.title[language] ?? ''}`;
    const actors = this.#pids.splice(0).join(', ');
    return [title.trimEnd(), `  ${actors}`, ...this.#paragraph(this.#lesson?.about[language] ?? '', 2), ''];
  }

  /** Free play has no steps: its calls follow each other. */
  #labHead(): string[] {
    if (this.#isFree) return [];
    this.#isFree = true;
    return [`${labLesson.title[this.#style.language]}  ${this.#pids.splice(0).join(', ')}`, ''];
  }

  #stepHead(id: string, choices: readonly number[] | undefined): string[] {
    if (this.#isFree) return [];
    const steps = this.#lesson?.steps ?? [];
    if (this.#open === id) return [];
    this.#open = id;
    this.#step = steps.find(step => step.id === id) ?? null;
    this.#order = orderShown(choices, this.#step?.predict?.choices.length ?? 0);
    const number = steps.findIndex(step => step.id === id) + 1;
    return [`  ${number}/${steps.length} ${id}`, ...this.#text(this.#step?.before), ...this.#question()];
  }

  #question(): string[] {
    const asked = this.#step?.predict;
    if (!asked) return [];
    return [...this.#text(asked.question), ...this.#order.flatMap(i => this.#choice(i, '', 6))];
  }

  #choice(index: number, mark: string, indent: number): string[] {
    const choice = this.#step?.predict?.choices[index];
    if (!choice) return [];
    const text = this.#fill(choice.text[this.#style.language]);
    return this.#paragraph(`${mark}${numberShown(this.#order, index)}  ${text}`, indent);
  }

  #verdict(event: Extract<LogEvent, {kind: 'judged'}>): string[] {
    const {language} = this.#style;
    this.#open = null;
    if (this.#isFree) {
      const told = event.holds
        ? [labText.asExpected[language]]
        : event.unmet.map(one => fill(labText.otherwise, language, {...one}));
      return told.map(text => `    ${text}`);
    }
    const failures = event.unmet.flatMap(({claimed, found}) => [
      `    ${words.claimed[language]} ${claimed}`,
      `    ${words.found[language]} ${found}`,
    ]);
    const answers = event.fulfilled.flatMap(i => this.#choice(i, '=> ', 4));
    const predicted = this.#prediction(event.fulfilled);
    const told = event.holds ? [...this.#part(), ...this.#text(this.#step?.after)] : [];
    return [...failures, ...answers, ...predicted, ...told, ''];
  }

  #prediction(fulfilled: readonly number[]): string[] {
    const choice = this.#predicted;
    this.#predicted = null;
    // Where the kernel fulfilled none, it was not asked what the question asks: a process may have ended.
    if (choice === null || fulfilled.length === 0) return [];
    const predict = this.#step?.predict;
    if (!predict) return [];
    const isTrue = fulfilled.includes(choice);
    const told = this.#paragraph(this.#fill(this.#told(predict, choice, fulfilled)), 4);
    return isTrue ? told : [...told, ...this.#text(predict.choices[choice]?.because)];
  }

  /** What the learner said, and what the kernel or Node did. */
  #told(predict: Prediction, choice: number, fulfilled: readonly number[]): string {
    const {language} = this.#style;
    const {who, whose} = answererText[answererOf(predict)];
    const textOf = (i: number): string => predict.choices[i]?.text[language] ?? '';
    return fill(fulfilled.includes(choice) ? words.cameTrue : words.cameOtherwise, language, {
      number: numberShown(this.#order, choice),
      said: textOf(choice),
      answer: fulfilled.map(textOf).join(', '),
      who: who[language],
      whose: whose[language],
    });
  }

  /** What the step looks for among many bytes, and has found. */
  #part(): string[] {
    const part = this.#step && partSought(this.#step, this.#serverPort());
    return part ? [`    ... ${harmlessText(part, this.#style.ascii)} ...`] : [];
  }

  #exit({actor, code, signal}: Extract<LogEvent, {kind: 'actor-exited'}>): string[] {
    if (code === 0) return [];
    return [`    ${this.#name(actor)}  ${fill(words.ended, this.#style.language, {how: signal ?? code ?? '?'})}`];
  }

  #row(row: SocketRow): string {
    const {language} = this.#style;
    const held = row.fd === null ? heldText[row.heldBy][language] : `fd ${row.fd}`;
    const ends =
      row.remote && !isNowhere(row.remote)
        ? `${endpointText(row.local)} > ${endpointText(row.remote)}`
        : endpointText(row.local);
    const isListening = row.state === 'LISTEN';
    const queues =
      row.recvQueue === null ? '' : `  Recv-Q ${row.recvQueue}${isListening ? '' : ` Send-Q ${row.sendQueue}`}`;
    const drops = row.drops ? `  ${fill(screenText.drops, language, {n: row.drops})}` : '';
    const unlisted = row.listed ? '' : `  (${words.noRow[language]})`;
    return `      ${this.#name(row.actor)}  ${held}  ${stateName(row)}  ${isListening ? endpointText(row.local) : ends}${queues}${drops}${unlisted}`;
  }

  #text(text: {readonly ja: string; readonly en: string} | undefined): string[] {
    return text ? this.#paragraph(this.#fill(text[this.#style.language]), 4) : [];
  }

  #fill(text: string): string {
    return text.replaceAll('{port}', String(this.#serverPort()));
  }

  #paragraph(text: string, indent: number): string[] {
    return wrap(text, this.#style.width - indent).map(line => ' '.repeat(indent) + line);
  }
}

/** Behind a traced call that was not made in this run; recordings of earlier releases do not say of which Node it is. */
function recordedMark({recorded, node}: Extract<LogEvent, {kind: 'traced'}>, language: Language): string {
  if (!recorded) return '';
  return `  ${node === undefined ? words.recordedCall[language] : fill(words.recordedCallOf, language, {node})}`;
}
