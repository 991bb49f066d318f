import type {TypedText} from '../line/typed-text.ts';

/** Who hears the keys of a screen. */
export interface Keyboard {
  readonly typing: TypedText;
  /** Whether something is being typed now. */
  isTyping(): boolean;
  /** Whether a key is more than a character now. */
  means(key: string): boolean;
  /** One that is; true where the whole program is to stop until it is continued (Ctrl+Z). */
  press(key: string): boolean;
}
