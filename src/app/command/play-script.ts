import {fill} from '../../messages/fill.ts';
import {jsonText} from '../../messages/json.ts';
import {challengeText, labText} from '../../messages/lab.ts';
import {type Challenge, parOf} from '../../model/challenge.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Language} from '../../model/text.ts';
import {CaptureFile} from '../keep/capture-file.ts';
import type {FreePlay} from '../run/free-play.ts';
import {Performer} from '../run/line-performer.ts';
import {networkSentence} from '../run/network-choice.ts';
import {openFreePlay} from '../run/open-free-play.ts';
import {runScript, type ScriptEnd} from '../run/script.ts';
import {NoMoreLines} from '../run/script-lines.ts';
import {caretLines} from '../words/caret.ts';
import type {Complaint} from '../words/complaint.ts';
import type {Options} from './options.ts';
import type {Environment} from './play.ts';
import {Transcript} from './transcript.ts';

/**
 * Does what a script says, on fresh processes, writing text or one event per line.
 *
 * @param name what it is called in messages
 * @returns the exit code: 0 when the kernel did all that it says, 1 when it did not, 2 for a line that cannot be understood
 */
export async function playScript(
  name: string,
  lines: Parameters<typeof runScript>[0],
  challenges: readonly Challenge[],
  options: Options,
  around: Environment,
): Promise<number> {
  const {language} = around.style;
  await using pcap = await CaptureFile.open(options.pcap, around);
  if (!pcap) return 1;
  await using play = await openFreePlay(null, options, chosen => {
    const sentence = networkSentence(chosen, language);
    if (sentence !== '') around.say(sentence);
  });
  const stop = () => void play[Symbol.asyncDispose]();
  around.stopped.addEventListener('abort', stop);
  const endsHere = write(play, options, around);
  const performer = new Performer(
    play,
    challenges.map(({id}) => id),
  );
  const ended = await runScript(lines, performer, challenges, around).catch(unread);
  endsHere();
  await play[Symbol.asyncDispose]();
  around.stopped.removeEventListener('abort', stop);
  await pcap.add(play.log.events);
  pcap.tell();
  return tell(name, ended, performer.moves, language, options, around) || Number(pcap.hasFailed);
}

/** The lines that came were done. */
function unread(error: unknown): Unread {
  if (!(error instanceof NoMoreLines)) throw error;
  return {kind: 'unread', complaint: error.complaint};
}

interface Unread {
  readonly kind: 'unread';
  readonly complaint: Complaint;
}

function write({log, serverPort}: FreePlay, {format}: Options, {out, style}: Environment): () => void {
  const transcript = new Transcript(style, [], () => serverPort);
  let isOver = false;
  const one = (event: LogEvent) => {
    // Who sleeps to the end is ended by this program: that is no answer of the kernel's to the script.
    if (isOver && format === 'text') return;
    if (format === 'json') out(jsonText({...event, at: Math.round(event.at * 1e6) / 1e6}));
    else for (const line of transcript.lines(event)) out(line);
  };
  for (const event of log.events) one(event);
  log.subscribe(one);
  return () => {
    isOver = true;
  };
}

/** Says how a script ended; returns the exit code. */
export function tell(
  name: string,
  ended: ScriptEnd | Unread,
  moves: number,
  language: Language,
  {format}: Pick<Options, 'format'>,
  {out, say}: Pick<Environment, 'out' | 'say'>,
): number {
  switch (ended.kind) {
    case 'stopped':
      return 1;
    case 'unread':
      say(fill(ended.complaint.text, language, ended.complaint.values));
      return 2;
    case 'failed': {
      const why = fill(ended.complaint.text, language, ended.complaint.values);
      say(fill(labText.scriptFault, language, {file: name, line: ended.line, why}));
      const text = ended.text.trimEnd();
      for (const line of caretLines(text, ended.at ?? text.length).slice(0, ended.at === null ? 1 : 2)) say(line);
      return ended.isMisread ? 2 : 1;
    }
    case 'done': {
      if (moves === 0) {
        say(fill(labText.scriptEmpty, language, {file: name}));
        return 2;
      }
      const told = ended.challenge
        ? fill(challengeText.solved, language, {moves, par: parOf(ended.challenge)})
        : fill(labText.scriptHeld, language, {file: name, count: moves});
      if (format === 'text') out(told);
      return 0;
    }
  }
}
