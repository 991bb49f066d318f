import type {FileHandle} from 'node:fs/promises';
import {callText, resultText} from '../../messages/notation.ts';
import type {LogEvent} from '../../model/event.ts';
import {type PcapngFrame, pcapng, pcapngWriter} from '../../wire/pcapng.ts';
import {beginFile} from './new-file.ts';

type CallStarted = Extract<LogEvent, {kind: 'call-started'}>;

/** The frames of a log as a capture file, each with a comment that names the call that it belongs to. */
export const pcapngOf = (events: readonly LogEvent[]): Uint8Array => pcapng(commentedFrames(events));

/** A capture file for the frames of several walks, one after another. */
export class PcapFile implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #writer: ReturnType<typeof pcapngWriter>;
  frames = 0;

  private constructor(file: FileHandle, writer: ReturnType<typeof pcapngWriter>) {
    this.#file = file;
    this.#writer = writer;
  }

  /** Over no other file. Rejects as open(2) and write(2) do. */
  static async create(path: string): Promise<PcapFile> {
    const writer = pcapngWriter();
    return new PcapFile(await beginFile(path, writer.header), writer);
  }

  async add(events: readonly LogEvent[]): Promise<void> {
    const frames = commentedFrames(events);
    // A disk that fills up takes a part of a write(2) without an error: writeFile() writes the rest, or rejects.
    for (const frame of frames) await this.#file.writeFile(this.#writer.packet(frame));
    this.frames += frames.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

function commentedFrames(events: readonly LogEvent[]): PcapngFrame[] {
  const calls = callsByNumber(events);
  return events.flatMap((event): PcapngFrame[] => {
    if (event.kind !== 'frame') return [];
    const call = event.call === null ? undefined : calls.get(event.call);
    return [{...event, ...(call ? {comment: event.isDuring ? call : `after ${call}`} : {})}];
  });
}

/** `client connect(19, 127.0.0.1:8080) = 0`, by the number of the event with which the call began. */
function callsByNumber(events: readonly LogEvent[]): ReadonlyMap<number, string> {
  const calls = new Map<number, string>();
  const open: CallStarted[] = [];
  for (const event of events) {
    if (event.kind === 'call-started') {
      open.push(event);
      calls.set(event.seq, `${event.actor} ${callText(event.call)}`);
    }
    if (event.kind !== 'call-returned') continue;
    const at = open.findIndex(({actor, call}) => actor === event.actor && call.name === event.call.name);
    const [started] = at < 0 ? [] : open.splice(at, 1);
    if (!started) continue;
    calls.set(
      started.seq,
      `${event.actor} ${callText(event.call, event.outcome)} ${resultText(event.outcome, false, event.call)}`,
    );
  }
  return calls;
}
