import {type Advice, adviceOf} from '../../messages/advice/advice.ts';
import {wasAccepted} from '../../timeline/accepted.ts';
import {timedOut} from '../../timeline/timed-out.ts';
import {isAtEdge, newestCall, portOf, stopsOf, viewOf} from './log-page.ts';
import type {LabPage} from './state.ts';

/** Nothing was done yet, and nothing is to be brought about. */
export function isUntouched(page: LabPage): boolean {
  const {challenge, said, scene, doing} = page;
  return stopsOf(page).length === 1 && scene !== null && challenge === null && said === null && doing === null;
}

/** A line that the screen suggests, and one key puts there: the word that was meant, what to try, or the next challenge. */
export function suggestionFor(page: LabPage): string | null {
  const {line, challenge, said} = page;
  if (line.isBack) return mended(line);
  if (line.text !== '' || page.source === 'recorded' || !isAtEdge(page)) return null;
  if (challenge?.isSolved) return challenge.next && `challenge ${challenge.next.id}`;
  return said === null ? (adviceAt(page)?.line ?? null) : null;
}

function mended({text, problem}: LabPage['line']): string | null {
  const {word, nearest} = problem?.complaint.values ?? {};
  const at = problem?.at ?? 0;
  if (typeof word !== 'string' || typeof nearest !== 'string' || !text.startsWith(word, at)) return null;
  return `${text.slice(0, at)}${nearest}${text.slice(at + word.length)}`;
}

/** Why the kernel refused the newest call at the moment that is shown, and what to try; null where it did not. */
export function adviceAt(page: LabPage): Advice | null {
  const line = newestCall(page);
  if (line?.result.kind !== 'failed') return null;
  const {actor, call, result} = line;
  const view = viewOf(page);
  const rows = view.lanes.flatMap(lane => lane.sockets);
  const row = 'fd' in call ? rows.find(one => one.actor === actor && one.fd === call.fd) : undefined;
  return adviceOf({
    actor,
    call,
    errno: result.errno,
    row: row ?? null,
    rows,
    serverPort: portOf(page),
    limit: timedOut(line, view.calls),
    isAccepted: 'fd' in call && wasAccepted(actor, call.fd, view.calls),
  });
}
