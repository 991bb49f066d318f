import {fitText} from '../../draw/text/wrap.ts';
import {fill} from '../../messages/fill.ts';
import {screenText} from '../../messages/screen.ts';
import type {Text} from '../../model/text.ts';
import {copyOf, longestCopy} from '../run/step-copy.ts';
import {newestCall, portOf} from '../screen/log-page.ts';
import {followingStep, type LabPage, type State, shownStep, type WalkPage} from '../screen/state.ts';
import type {Store} from '../screen/store.ts';

/** What they need from the world around the session. */
export interface Environment {
  /** Puts a text into the terminal's clipboard. */
  copy(text: string): void;
  /** How a call is written and how it fails, by its man page; null where that is not installed. */
  manPage(call: string): Promise<readonly string[] | null>;
}

/** What can be had of the call that is shown, beside the walk: its man page, and its text in the clipboard. */
export class Asides {
  readonly #store: Store<State>;
  readonly #around: Environment;

  constructor(store: Store<State>, around: Environment) {
    this.#store = store;
    this.#around = around;
  }

  /** Of the call that was just made, or before any of the one that comes next. */
  async openMan(): Promise<void> {
    const {page} = this.#store.get();
    if (page.kind !== 'walk' && page.kind !== 'lab') return;
    const call = newestCall(page)?.call.name ?? (page.kind === 'walk' ? followingStep(page)?.call.name : undefined);
    if (call === undefined) return this.#say(screenText.noCallForMan);
    const lines = await this.#around.manPage(call);
    // Something else may have been opened meanwhile.
    const now = this.#store.get();
    if (now.page.kind !== page.kind || now.overlay) return;
    if (lines) this.#store.set(state => ({...state, overlay: {kind: 'man', call, lines, scroll: 0}}));
    else this.#say(screenText.noMan, {call});
  }

  /** As the pane has it: as C, as Node, or as a line of strace. */
  copy(): void {
    const {page} = this.#store.get();
    if (page.kind !== 'walk' && page.kind !== 'lab') return;
    const copied = copiedOf(page);
    if (!copied) return this.#say(screenText.nothingToCopy);
    const {text, what, isCut} = copied;
    this.#around.copy(text);
    const {language} = this.#store.get();
    const part = isCut ? ` ${fill(screenText.copiedPart, language, {most: longestCopy})}` : '';
    const values = {what: what[language], bytes: Buffer.byteLength(text), text: onOneRow(text)};
    this.#tell(`${fill(screenText.copied, language, values)}${part}`);
  }

  #say(text: Text, values: Readonly<Record<string, string>> = {}): void {
    this.#tell(fill(text, this.#store.get().language, values));
  }

  #tell(notice: string): void {
    this.#store.set(state => ({...state, notice}));
  }
}

const copiedOf = (page: WalkPage | LabPage) =>
  copyOf(page.pane, page.kind === 'walk' ? shownStep(page) : null, newestCall(page), portOf(page));

/** As much of what was copied as says what it is. */
const onOneRow = (text: string): string => fitText(text.replaceAll(/\s+/g, ' '), 60);
