import type {TracedCall as Call} from '../../model/traced.ts';

/** One system call as strace(1) prints it with -f and -xx, and perhaps -ttt: `1234 1767225600.000001 listen(19, 5) = 0`. */
export interface TracedCall extends Call {
  /** The thread that made it. */
  readonly tid: number;
  /** When it began, in seconds since 1970; only with -ttt. */
  readonly at?: number;
}

const begun = / <unfinished \.\.\.>$/;
const resumed = /^<\.\.\. \w+ resumed>/;
const whole = /^(\w+)\((.*)\) += (?:(0x[0-9a-f]+|-?\d+)|\?)(?: (E[A-Z0-9]+))?/s;

/** Reads a trace, in the order in which the calls began; a call that strace split in two is joined. Signals are left out. */
export function parseTrace(trace: string): TracedCall[] {
  const calls: {readonly tid: number; readonly at?: number; text: string}[] = [];
  const unfinished = new Map<number, {text: string}>();
  for (const line of trace.split('\n')) {
    const [, number, time, said = ''] = /^(\d+) +(?:(\d+\.\d{6}) )?(.*)$/.exec(line) ?? [];
    const tid = Number(number);
    const open = unfinished.get(tid);
    if (resumed.test(said) && open) {
      open.text += said.replace(resumed, '');
      unfinished.delete(tid);
    } else if (/^\w+\(/.test(said)) {
      const call = {tid, ...(time ? {at: Number(time)} : {}), text: said.replace(begun, '')};
      calls.push(call);
      if (begun.test(said)) unfinished.set(tid, call);
    }
  }
  return calls.map(({text, ...where}) => ({...where, ...callOf(text)}));
}

function callOf(text: string): Call {
  const [, name, args, result, errno] = whole.exec(text) ?? [];
  if (name === undefined) {
    const open = text.indexOf('(');
    return {name: text.slice(0, open), args: splitArguments(text.slice(open + 1)), result: null, errno: null};
  }
  const value = result === undefined ? null : Number(result);
  return {name, args: splitArguments(args ?? ''), result: value, errno: errno ?? null};
}

/** Splits at the commas that are not inside quotes or brackets. */
export function splitArguments(text: string): string[] {
  const args: string[] = [];
  let [start, depth, quoted] = [0, 0, false];
  for (const [at, char] of [...text].entries()) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === ',' && depth === 0) {
      args.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...args, text.slice(start).trim()].filter(arg => arg !== '');
}

/** The bytes of a string that was printed with -xx: `"\x68\x69"`. Null for what is no string, such as a bare pointer. */
export function bytesOf(arg: string): Uint8Array | null {
  const hex = /^"((?:\\x[0-9a-f]{2})*)"$/.exec(arg)?.[1];
  return hex === undefined ? null : new Uint8Array(Buffer.from(hex.replaceAll('\\x', ''), 'hex'));
}
