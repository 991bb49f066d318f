import type {Rank} from '../../draw/text/key-line.ts';
import {keyText} from '../../messages/keys.ts';
import {serveKeyText} from '../../messages/serve-screen.ts';
import type {Text} from '../../model/text.ts';

/** What a key asks for on the server’s screen. */
export type ServeIntent =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'open'
  | 'close'
  | 'pause'
  | 'half-close'
  | 'reset'
  | 'write'
  | 'submit'
  | 'erase'
  | 'mode'
  | 'order'
  | 'language'
  | 'help'
  | 'quit'
  | 'interrupt'
  | 'suspend';

export type ServePlaceName = 'list' | 'client' | 'writing' | 'help' | 'too-small';

export interface ServeBinding {
  readonly keys: readonly string[];
  readonly intent: ServeIntent;
  readonly label: Text;
  readonly places: readonly ServePlaceName[];
  readonly rank?: Rank;
}

const pages: readonly ServePlaceName[] = ['list', 'client'];

/** Every key of the server’s screen. Its last line and its help are drawn from it. */
export const serveBindings: readonly ServeBinding[] = [
  {keys: ['Enter', '→', 'l'], intent: 'open', label: serveKeyText.open, places: ['list'], rank: 1},
  {keys: ['↑', 'k'], intent: 'up', label: serveKeyText.select, places: ['list'], rank: 2},
  {keys: ['↓', 'j'], intent: 'down', label: serveKeyText.select, places: ['list']},
  {keys: ['PgUp'], intent: 'page-up', label: serveKeyText.pageUp, places: ['list']},
  {keys: ['PgDn', 'Space'], intent: 'page-down', label: serveKeyText.pageDown, places: ['list']},
  {keys: ['Home', '0'], intent: 'first', label: serveKeyText.first, places: ['list']},
  {keys: ['End', '$'], intent: 'last', label: serveKeyText.last, places: ['list']},
  {keys: ['o'], intent: 'order', label: serveKeyText.order, places: ['list']},
  {keys: ['Esc', '←', 'h'], intent: 'close', label: serveKeyText.back, places: ['client'], rank: 'last'},
  {keys: ['↑', 'k'], intent: 'up', label: serveKeyText.neighbour, places: ['client'], rank: 8},
  {keys: ['↓', 'j'], intent: 'down', label: serveKeyText.neighbour, places: ['client']},
  {keys: ['p'], intent: 'pause', label: serveKeyText.pause, places: ['client', 'list'], rank: 3},
  {keys: ['s'], intent: 'write', label: serveKeyText.send, places: ['client', 'list'], rank: 4},
  {keys: ['f'], intent: 'half-close', label: serveKeyText.halfClose, places: ['client', 'list'], rank: 5},
  {keys: ['x'], intent: 'reset', label: serveKeyText.reset, places: ['client', 'list'], rank: 6},
  {keys: ['m'], intent: 'mode', label: serveKeyText.mode, places: pages, rank: 5},
  {keys: ['t'], intent: 'language', label: keyText.language, places: pages, rank: 7},
  {keys: ['?'], intent: 'help', label: keyText.help, places: pages, rank: 'last'},
  {keys: ['Enter'], intent: 'submit', label: keyText.send, places: ['writing'], rank: 1},
  {keys: ['Ctrl+U'], intent: 'erase', label: keyText.eraseAll, places: ['writing'], rank: 3},
  {keys: ['Esc'], intent: 'close', label: keyText.close, places: ['writing', 'help'], rank: 'last'},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.scroll, places: ['help'], rank: 3},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.scroll, places: ['help']},
  {keys: ['?', 'Enter', '→', 'Space'], intent: 'close', label: keyText.close, places: ['help'], rank: 'last'},
  {keys: ['q'], intent: 'quit', label: serveKeyText.quit, places: ['list'], rank: 'last'},
  {keys: ['q'], intent: 'quit', label: serveKeyText.quit, places: ['client', 'help', 'too-small'], rank: 10},
  {
    keys: ['Ctrl+C'],
    intent: 'interrupt',
    label: keyText.interrupt,
    places: [...pages, 'writing', 'help', 'too-small'],
  },
  {keys: ['Ctrl+Z'], intent: 'suspend', label: keyText.suspend, places: [...pages, 'writing', 'help', 'too-small']},
];

export const serveIntentOf = (key: string, place: ServePlaceName): ServeIntent | null =>
  serveBindings.find(({keys, places}) => places.includes(place) && keys.includes(key))?.intent ?? null;
