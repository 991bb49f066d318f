import {edited, oneLine} from './line-edit.ts';

/** What the field on the screen tells of its edits. */
export type Typist = Pick<TypedText, 'write' | 'paste'>;

/** A line of typing. What is typed stands where it is shown; here it is edited. */
export class TypedText {
  readonly #get: () => string | null;
  readonly #set: (text: string) => void;
  readonly #done: () => (() => void) | null;
  #hearsControl = false;

  /**
   * @param get what is being typed; null where nothing is
   * @param done does a line that is complete, where lines are done one by one; else null, and a pasted line break is a space
   */
  constructor(get: () => string | null, set: (text: string) => void, done: () => (() => void) | null = () => null) {
    this.#get = get;
    this.#set = set;
    this.#done = done;
  }

  /** A stretch of input is about to be heard. The field would take all of it for text, such as the letter of Ctrl+A. */
  hear(isControl: boolean): void {
    this.#hearsControl = isControl;
  }

  /** The learner has edited it: what was drawn became this. */
  write(drawn: string, next: string): void {
    if (!this.#hearsControl) this.#edit(drawn, next);
  }

  /** Characters at its end, which came in one stretch with keys. */
  type(characters: string): void {
    const text = this.#get();
    if (text !== null && characters !== '') this.#edit(text, text + characters);
  }

  /** Pasted text goes to its end, and is never taken for keys. */
  paste(text: string): void {
    this.#hearsControl = false;
    const done = this.#done();
    if (!done) return this.type(oneLine(text));
    const lines = text.split(/\r\n|\r|\n/);
    for (const [i, line] of lines.entries()) {
      this.type(oneLine(line));
      if (i < lines.length - 1) done();
    }
  }

  #edit(drawn: string, next: string): void {
    const text = this.#get();
    if (text !== null) this.#set(edited(text, drawn, next));
  }
}
