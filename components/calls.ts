import {errnoText} from '../src/messages/errnos.ts';
import {callText, durationText, lessonCallText, resultText} from '../src/messages/notation.ts';
import {screenText} from '../src/messages/screen.ts';
import type {Step} from '../src/model/lesson.ts';
import {letterOf} from '../src/timeline/passport.ts';
import type {CallLine, View} from '../src/timeline/view.ts';
import {actorColor, colorOfSend, type Look} from './look.ts';
import {fitLine, type Line, type Span, spread, styled, widthOf} from './spans.ts';

export interface NextCall {
  readonly step: Step;
  readonly message: string;
  readonly port: number;
}

/**
 * What strace would print, newest last, and under it the call that comes next.
 *
 * ```
 *  server  listen(19, 5)                        = 0            14 us
 * >client  connect(client, 127.0.0.1:8080)      next call
 * ```
 */
export function callLines(
  view: View,
  next: NextCall | null,
  look: Look,
  size: {width: number; height: number},
): Line[] {
  const room = size.height - (next ? 1 : 0);
  const made = view.calls.slice(-Math.max(0, room));
  const lines = made.map((line, i) => callLine(line, i === made.length - 1, look, size.width));
  return next ? [...lines, nextLine(next, look, size.width)] : lines;
}

const actorWidth = 8;
const timeWidth = 9;
/** Results stand under each other from here, unless a call is longer. */
const usualCallWidth = 40;

const actorSpan = (actor: CallLine['actor']): Line => fitLine([styled(actor, {color: actorColor[actor]})], actorWidth);

function callLine(line: CallLine, isNewest: boolean, look: Look, width: number): Line {
  const result = line.result;
  const text = callText(line.call, result, look.ascii);
  const letters: Line = line.marks.map(mark =>
    styled(` ${letterOf(mark.send)}`, {bold: true, color: colorOfSend(mark.send)}),
  );
  const time: Line = [styled(line.elapsedUs === null ? '' : durationText(line.elapsedUs), {dim: true})];
  const answer = answerSpans(line, look);
  const room = width - 1 - actorWidth - timeWidth - widthOf(answer) - 1;
  const callWidth = Math.max(16, Math.min(room, Math.max(usualCallWidth, widthOf([{text}]) + widthOf(letters))));
  const call = spread(
    [styled(text, {bold: isNewest})],
    letters,
    Math.min(callWidth, widthOf([{text}]) + widthOf(letters)),
  );
  return spread(
    [{text: ' '}, ...actorSpan(line.actor), ...fitLine(call, callWidth), {text: ' '}, ...answer],
    fitLine([{text: ' '}, ...time], timeWidth),
    width,
  );
}

function answerSpans({result}: CallLine, look: Look): Span[] {
  switch (result.kind) {
    case 'waiting':
      return [styled(look.say(screenText.waitingCall), {color: 'yellow', bold: true})];
    case 'lost':
      return [styled(resultText(result), {color: 'red'})];
    case 'failed':
      return [
        styled(resultText(result), {color: 'red', bold: true}),
        {text: ` ${look.say(errnoText[result.errno] ?? errnoText.EUNKNOWN)}`},
      ];
    case 'returned':
      return [styled(resultText(result), {bold: true})];
  }
}

function nextLine({step, message, port}: NextCall, look: Look, width: number): Line {
  const text = lessonCallText(step.call, message, look.ascii).replaceAll('{port}', String(port));
  const label = look.say(screenText.nextCall);
  return spread(
    [styled('>', {bold: true, color: 'yellow'}), ...actorSpan(step.actor), styled(text, {dim: true})],
    [styled(`${label} `, {color: 'yellow'})],
    width,
  );
}
