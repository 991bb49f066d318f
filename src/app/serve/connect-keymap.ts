import type {Rank} from '../../draw/text/key-line.ts';
import {connectKeyText} from '../../messages/connect.ts';
import {keyText} from '../../messages/keys.ts';
import type {Text} from '../../model/text.ts';

/** What a key asks for beside a line of typing that is always open: so each is a control key. */
export type ConnectIntent =
  | 'submit'
  | 'half-close'
  | 'pause'
  | 'reset'
  | 'erase'
  | 'language'
  | 'leave'
  | 'interrupt'
  | 'suspend';

export interface ConnectBinding {
  readonly keys: readonly string[];
  readonly intent: ConnectIntent;
  readonly label: Text;
  /** On the last line of the screen; absent: not there. */
  readonly rank?: Rank;
}

/** Every key of the client’s screen. */
export const connectBindings: readonly ConnectBinding[] = [
  {keys: ['Enter'], intent: 'submit', label: keyText.send, rank: 1},
  {keys: ['Ctrl+D'], intent: 'half-close', label: connectKeyText.halfClose, rank: 2},
  {keys: ['Ctrl+P'], intent: 'pause', label: connectKeyText.pause, rank: 4},
  {keys: ['Ctrl+X'], intent: 'reset', label: connectKeyText.reset, rank: 5},
  {keys: ['Ctrl+U'], intent: 'erase', label: keyText.eraseAll},
  {keys: ['Ctrl+T'], intent: 'language', label: keyText.language, rank: 6},
  {keys: ['Esc'], intent: 'leave', label: connectKeyText.leave, rank: 'last'},
  {keys: ['Ctrl+C'], intent: 'interrupt', label: keyText.interrupt},
  {keys: ['Ctrl+Z'], intent: 'suspend', label: keyText.suspend},
];

export const connectIntentOf = (key: string): ConnectIntent | null =>
  connectBindings.find(({keys}) => keys.includes(key))?.intent ?? null;
