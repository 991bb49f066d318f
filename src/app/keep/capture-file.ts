import {cliText} from '../../messages/cli.ts';
import {errnoWords} from '../../messages/errno-words.ts';
import {fill} from '../../messages/fill.ts';
import type {LogEvent} from '../../model/event.ts';
import type {Language} from '../../model/text.ts';
import {PcapFile} from './pcap.ts';

/** Whom it tells what becomes of the file, and in which language. */
export interface Told {
  readonly say: (line: string) => void;
  readonly style: {readonly language: Language};
}

/** The file that `--pcap` names, or nothing; what goes wrong with it is said once. */
export class CaptureFile implements AsyncDisposable {
  /** It could not be written whole. */
  hasFailed = false;
  readonly #name: string | null;
  readonly #pcap: PcapFile | null;
  readonly #told: Told;

  private constructor(name: string | null, pcap: PcapFile | null, told: Told) {
    this.#name = name;
    this.#pcap = pcap;
    this.#told = told;
  }

  /** Null where it is there already or cannot be made, which is said. */
  static async open(name: string | null, told: Told): Promise<CaptureFile | null> {
    try {
      return new CaptureFile(name, name === null ? null : await PcapFile.create(name), told);
    } catch (error) {
      const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
      say(isThere ? cliText.pcapExists : cliText.pcapUnwritable, name ?? '', error, told);
      return null;
    }
  }

  async add(events: readonly LogEvent[]): Promise<void> {
    if (this.hasFailed) return;
    try {
      await this.#pcap?.add(events);
    } catch (error) {
      this.hasFailed = true;
      say(cliText.pcapCut, this.#name ?? '', error, this.#told);
    }
  }

  /** How many frames are in it. */
  tell(): void {
    if (!this.#pcap || this.hasFailed) return;
    const text = this.#pcap.frames === 0 ? cliText.pcapEmpty : cliText.pcapWritten;
    this.#told.say(fill(text, this.#told.style.language, {count: this.#pcap.frames, file: this.#name ?? ''}));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pcap?.[Symbol.asyncDispose]();
  }
}

function say(text: Parameters<typeof fill>[0], file: string, error: unknown, {say, style}: Told): void {
  const {code, message} = error as NodeJS.ErrnoException;
  say(fill(text, style.language, {file, why: errnoWords(code ?? message, style.language)}));
}
