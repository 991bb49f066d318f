import {cliText} from '../../messages/cli.ts';
import {fill} from '../../messages/fill.ts';
import {jsonText} from '../../messages/json.ts';
import {transcriptText} from '../../messages/transcript.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Lesson} from '../../model/lesson.ts';
import {logOf} from '../../timeline/log.ts';
import {recordedPort} from '../keep/recorded-walk.ts';
import type {Options} from './options.ts';
import type {Environment} from './play.ts';
import {Transcript} from './transcript.ts';

type Around = Pick<Environment, 'out' | 'say' | 'style'>;

/**
 * Writes a saved walk as text or as events, as far as it can be trusted.
 *
 * @returns the exit code: 0 when it is whole, 1 when it is damaged or cannot be read, which is said
 */
export async function replay(
  lessons: readonly Lesson[],
  file: string,
  {format}: Pick<Options, 'format'>,
  around: Around,
): Promise<number> {
  const {out, say, style} = around;
  // The validator is large, and only this command needs it.
  const {readRecording, Unreadable} = await import('../keep/recording.ts');
  try {
    const {events, damage} = await readRecording(file);
    if (format === 'json') for (const event of events) out(jsonText(event));
    else writeTranscript(events, lessons, around);
    if (damage) say(fill(damage.text, style.language, damage.values));
    return damage ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    say(fill(cliText.recordingUnreadable, style.language, {file, why: error.message}));
    return 1;
  }
}

function writeTranscript(events: readonly LogEvent[], lessons: readonly Lesson[], {out, style}: Around): void {
  if (events.length === 0) return;
  out(transcriptText.recorded[style.language]);
  const port = recordedPort(events);
  const transcript = new Transcript(style, lessons, () => port);
  for (const event of logOf(events).events) for (const line of transcript.lines(event)) out(line);
}
