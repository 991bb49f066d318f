import type {ActorName} from '../model/actor.ts';
import {endpointText} from '../model/address.ts';
import type {Unmet} from '../model/event.ts';
import type {Expectation, Expected} from '../model/expectation.ts';
import type {SocketRow} from '../model/sockets.ts';
import type {Summary} from '../model/wire.ts';
import type {CallLine, View} from '../timeline/view.ts';
import {resultText} from './outcome-claims.ts';

/** What is expected and not so; null when it is so. `frames` are those that were captured by now; null where nothing is. */
export function expectationUnmet(
  {actor, what}: Expectation,
  view: View,
  frames: readonly {readonly summary: Summary | null}[] | null,
): Unmet | null {
  switch (what.kind) {
    case 'state':
      return stateUnmet(actor, what, view);
    case 'segment': {
      const flags = frames?.flatMap(({summary}) => (summary?.kind === 'tcp' ? summary.flags : [])) ?? [what.flag];
      return flags.includes(what.flag) ? null : {claimed: what.flag, found: [...new Set(flags)].join(' ') || '-'};
    }
    default:
      return callUnmet(what, newestCall(view, actor), view);
  }
}

/** The newest call, of this actor or of anybody. */
export const newestCall = (view: View, actor: ActorName | null): CallLine | undefined =>
  view.calls.findLast(line => actor === null || line.actor === actor);

type AboutCall = Exclude<Expected, {kind: 'state' | 'segment'}>;

function callUnmet(what: AboutCall, line: CallLine | undefined, view: View): Unmet | null {
  if (!line) return {claimed: claimedText(what), found: '-'};
  if (isSo(what, line, view)) return null;
  const name = `${line.actor} ${line.call.name}()`;
  return {claimed: `${name} ${claimedText(what)}`, found: `${name} ${resultText(line.result)}`};
}

function isSo(what: AboutCall, {actor, result}: CallLine, view: View): boolean {
  switch (what.kind) {
    case 'fails':
      return result.kind === 'failed' && result.errno === what.errno;
    case 'returns':
      return result.kind === 'returned' && result.value === what.value;
    case 'succeeds':
      return result.kind === 'returned';
    case 'receives':
      return result.kind === 'returned' && result.data === what.data;
    case 'waits':
      return result.kind === 'waiting' && view.lanes.some(lane => lane.actor === actor && isAsleep(lane.waiting?.seen));
  }
}

const isAsleep = (seen: {readonly threadState: string} | null | undefined): boolean => seen?.threadState === 'S';

function claimedText(what: AboutCall): string {
  switch (what.kind) {
    case 'fails':
      return `= -1 ${what.errno}`;
    case 'returns':
      return `= ${what.value}`;
    case 'succeeds':
      return '>= 0';
    case 'receives':
      return `= ${JSON.stringify(Buffer.from(what.data, 'base64').toString())}`;
    case 'waits':
      return 'waits';
  }
}

function stateUnmet(actor: ActorName | null, what: Extract<Expected, {kind: 'state'}>, view: View): Unmet | null {
  const rows = view.lanes.flatMap(lane => lane.sockets).filter(row => actor === null || row.actor === actor);
  const count = rows.filter(row => row.state === what.state).length;
  if (what.count === null ? count > 0 : count === what.count) return null;
  const claimed = [actor, what.state, what.count].filter(part => part !== null).join(' ');
  return {claimed, found: rows.map(rowText).join(', ') || '-'};
}

const rowText = ({actor, fd, state, local}: SocketRow): string =>
  `${actor} ${fd === null ? '' : `fd ${fd} `}${state} ${endpointText(local)}`;
