import type {Rank} from '../../draw/text/key-line.ts';
import {keyText} from '../../messages/keys.ts';
import type {Text} from '../../model/text.ts';
import type {Intent, PlainIntent} from './intents.ts';

/** Where a key is pressed. What is open on top of a page comes before the page. */
export type KeyContext =
  | 'home'
  | 'searching'
  | 'searching-terms'
  | 'palette'
  | 'man'
  | 'typing'
  /** On a line on which nothing is written; before anything was done; where the screen suggests a line, or the word that was meant. */
  | 'prompt'
  | 'first-line'
  | 'suggested'
  | 'corrected'
  | 'looking'
  | 'challenges'
  | 'opening'
  | 'reading'
  | 'asking'
  | 'arranging'
  | 'writing'
  | 'summary'
  | 'help'
  | 'glossary'
  | 'ladder'
  | 'frame'
  | 'blank'
  | 'confirm'
  | 'jump'
  | 'too-small';

export interface Binding {
  /** Names of keys; a single character stands for itself. */
  readonly keys: readonly string[];
  readonly intent: PlainIntent | 'choose' | 'digit';
  readonly label: Text;
  readonly places: readonly KeyContext[];
  /** On the last line of the screen; absent: only in the help. */
  readonly rank?: Rank;
}

const stepping: readonly KeyContext[] = ['reading', 'asking', 'summary'];
const pages: readonly KeyContext[] = ['home', 'reading', 'asking', 'arranging', 'summary'];
/** What opens above a page, and is more than a question. */
const lists: readonly KeyContext[] = ['challenges', 'glossary', 'ladder', 'frame', 'man'];
/** Where letters are text, and a list shows what has them. */
const writtenLists: readonly KeyContext[] = ['searching', 'searching-terms', 'palette'];
const writing: readonly KeyContext[] = ['typing', 'writing', 'searching', 'searching-terms'];

/** Every key of the program. The last line of the screen and the help are drawn from it. */
export const bindings: readonly Binding[] = [
  {keys: ['Enter', '→', 'l'], intent: 'open', label: keyText.open, places: ['home'], rank: 1},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.select, places: ['home'], rank: 2},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.select, places: ['home']},
  {keys: ['PgUp'], intent: 'back', label: keyText.tenUp, places: ['home']},
  {keys: ['PgDn'], intent: 'next', label: keyText.tenDown, places: ['home']},
  {keys: ['0', 'Home'], intent: 'to-start', label: keyText.firstLesson, places: ['home']},
  {keys: ['$', 'End'], intent: 'to-end', label: keyText.lastLesson, places: ['home']},
  {keys: ['/'], intent: 'search', label: keyText.search, places: ['home'], rank: 3},
  {keys: ['Enter'], intent: 'open', label: keyText.open, places: ['searching'], rank: 1},
  {keys: ['↑'], intent: 'up', label: keyText.select, places: writtenLists, rank: 2},
  {keys: ['↓'], intent: 'down', label: keyText.select, places: writtenLists},
  {keys: ['Ctrl+U'], intent: 'erase', label: keyText.eraseAll, places: writtenLists},
  {keys: ['Enter'], intent: 'open', label: keyText.doIt, places: ['palette'], rank: 1},
  {keys: ['Enter'], intent: 'open', label: keyText.toTerm, places: ['searching-terms'], rank: 1},
  {keys: ['PgUp'], intent: 'back', label: keyText.tenUpOf, places: ['palette']},
  {keys: ['PgDn'], intent: 'next', label: keyText.tenDownOf, places: ['palette']},
  {keys: ['Esc', 'Ctrl+P'], intent: 'close', label: keyText.close, places: ['palette'], rank: 'last'},
  {keys: ['R'], intent: 'review', label: keyText.review, places: ['home', 'summary'], rank: 4},
  {keys: ['→', 'l', 'Enter', 'PgDn'], intent: 'next', label: keyText.next, places: ['reading'], rank: 1},
  {keys: ['Enter', '→', 'l', 'PgDn'], intent: 'next', label: keyText.nextLesson, places: ['summary'], rank: 1},
  {keys: ['→', 'l', 'Enter', 'PgDn'], intent: 'next', label: keyText.howToAnswer, places: ['asking']},
  {keys: ['→', 'l', 'PgDn'], intent: 'next', label: keyText.howToAnswer, places: ['arranging']},
  {keys: ['Esc'], intent: 'close', label: keyText.list, places: ['summary'], rank: 2},
  {keys: ['1-9'], intent: 'choose', label: keyText.choose, places: ['asking'], rank: 1},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.select, places: ['arranging'], rank: 2},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.select, places: ['arranging']},
  {keys: ['Space'], intent: 'pick', label: keyText.pick, places: ['arranging'], rank: 2},
  {keys: ['Enter'], intent: 'run-order', label: keyText.runOrder, places: ['arranging'], rank: 1},
  {keys: ['a'], intent: 'try-again', label: keyText.tryAgain, places: ['reading'], rank: 1},
  {keys: ['s'], intent: 'skip', label: keyText.skip, places: ['asking', 'arranging'], rank: 3},
  {keys: ['i'], intent: 'hint', label: keyText.hint, places: ['asking', 'arranging', 'reading'], rank: 3},
  {keys: ['m'], intent: 'another-message', label: keyText.anotherMessage, places: ['reading'], rank: 2},
  {
    keys: ['←', 'h', 'Backspace', 'PgUp'],
    intent: 'back',
    label: keyText.back,
    places: [...stepping, 'arranging', 'looking'],
    rank: 2,
  },
  {keys: ['→', 'l', 'PgDn'], intent: 'next', label: keyText.next, places: ['looking'], rank: 3},
  {keys: ['Space'], intent: 'play-pause', label: keyText.playPause, places: ['reading'], rank: 4},
  {keys: ['['], intent: 'slower', label: keyText.slower, places: ['reading', 'asking']},
  {keys: [']'], intent: 'faster', label: keyText.faster, places: ['reading', 'asking']},
  {keys: ['0', 'Home'], intent: 'to-start', label: keyText.toStart, places: [...stepping, 'looking']},
  {keys: ['$', 'End'], intent: 'to-end', label: keyText.toEnd, places: [...stepping, 'looking']},
  {keys: [':'], intent: 'jump', label: keyText.jump, places: stepping},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.up, places: stepping},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.down, places: stepping},
  {keys: ['Tab'], intent: 'lane', label: keyText.lane, places: [...stepping, 'looking']},
  {keys: ['v'], intent: 'pane', label: keyText.pane, places: [...stepping, 'arranging', 'looking'], rank: 5},
  {keys: ['w'], intent: 'wire', label: keyText.wire, places: [...stepping, 'arranging', 'looking'], rank: 5},
  {keys: ['e'], intent: 'experiment', label: keyText.experiment, places: [...stepping, 'arranging'], rank: 7},
  {keys: ['e'], intent: 'experiment', label: keyText.freePlay, places: ['home'], rank: 5},
  {keys: ['Enter'], intent: 'send', label: keyText.makeCall, places: ['typing'], rank: 1},
  {keys: ['1-9'], intent: 'choose', label: keyText.firstMove, places: ['first-line'], rank: 1},
  {keys: ['→'], intent: 'take', label: keyText.takeIt, places: ['suggested', 'corrected'], rank: 2},
  {keys: ['Tab'], intent: 'complete', label: keyText.complete, places: ['typing'], rank: 2},
  {keys: ['↑'], intent: 'up', label: keyText.recall, places: ['typing'], rank: 3},
  {keys: ['↓'], intent: 'down', label: keyText.recall, places: ['typing']},
  {keys: ['Esc'], intent: 'look-around', label: keyText.lookAround, places: ['typing'], rank: 'last'},
  {keys: ['PgUp'], intent: 'back', label: keyText.back, places: ['typing']},
  {keys: ['PgDn'], intent: 'next', label: keyText.next, places: ['typing']},
  {keys: ['Ctrl+U'], intent: 'erase', label: keyText.eraseAll, places: ['typing'], rank: 5},
  {keys: ['Enter', 'i'], intent: 'type', label: keyText.type, places: ['looking'], rank: 1},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.select, places: ['challenges'], rank: 2},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.select, places: ['challenges']},
  {keys: ['Home', '0'], intent: 'to-start', label: keyText.firstChallenge, places: ['challenges']},
  {keys: ['End', '$'], intent: 'to-end', label: keyText.lastChallenge, places: ['challenges']},
  {keys: ['Enter', '→', 'l'], intent: 'open', label: keyText.open, places: ['challenges'], rank: 1},
  {keys: ['M'], intent: 'man', label: keyText.man, places: [...stepping, 'looking'], rank: 9},
  {keys: ['y'], intent: 'copy', label: keyText.copy, places: [...stepping, 'looking'], rank: 9},
  {keys: ['r'], intent: 'run-again', label: keyText.runAgain, places: [...stepping, 'arranging'], rank: 8},
  {keys: ['x'], intent: 'reset', label: keyText.reset, places: pages},
  {
    keys: ['t'],
    intent: 'language',
    label: keyText.language,
    places: [...pages, 'looking', 'opening', ...lists],
    rank: 7,
  },
  {keys: ['b'], intent: 'blank', label: keyText.blank, places: [...pages, 'looking']},
  {keys: ['g'], intent: 'glossary', label: keyText.glossary, places: [...pages, 'looking'], rank: 6},
  {keys: ['Ctrl+P'], intent: 'palette', label: keyText.palette, places: writing, rank: 'last'},
  {
    keys: ['Ctrl+P'],
    intent: 'palette',
    label: keyText.palette,
    places: [...pages, 'looking', 'opening', 'help', ...lists],
    rank: 10,
  },
  {keys: ['?'], intent: 'help', label: keyText.help, places: ['prompt'], rank: 'last'},
  {keys: ['?'], intent: 'help', label: keyText.help, places: [...pages, 'looking', 'opening', ...lists], rank: 'last'},
  {
    keys: ['Esc'],
    intent: 'close',
    label: keyText.list,
    places: ['reading', 'asking', 'arranging', 'opening'],
    rank: 'last',
  },
  {keys: ['Esc'], intent: 'close', label: keyText.leaveLab, places: ['looking'], rank: 'last'},
  {keys: ['Enter'], intent: 'send', label: keyText.send, places: ['writing'], rank: 1},
  {keys: ['Ctrl+U'], intent: 'erase', label: keyText.eraseAll, places: ['writing'], rank: 3},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.scroll, places: ['help', 'man'], rank: 3},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.scroll, places: ['help', 'man']},
  {keys: ['PgUp'], intent: 'back', label: keyText.tenUpOf, places: ['man']},
  {keys: ['PgDn', 'Space'], intent: 'next', label: keyText.tenDownOf, places: ['man']},
  {
    keys: ['Esc'],
    intent: 'close',
    label: keyText.close,
    places: ['man', 'writing', 'searching', 'searching-terms', 'help', 'glossary', 'jump', 'blank', 'challenges'],
    rank: 'last',
  },
  {keys: ['/'], intent: 'search', label: keyText.search, places: ['glossary'], rank: 4},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.select, places: ['glossary'], rank: 3},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.select, places: ['glossary']},
  {keys: ['PgUp'], intent: 'back', label: keyText.pageUp, places: ['glossary']},
  {keys: ['PgDn', 'Space'], intent: 'next', label: keyText.pageDown, places: ['glossary'], rank: 5},
  {keys: ['Home', '0'], intent: 'to-start', label: keyText.firstTerm, places: ['glossary']},
  {keys: ['End', '$'], intent: 'to-end', label: keyText.lastTerm, places: ['glossary']},
  {keys: ['g', 'Enter'], intent: 'close', label: keyText.close, places: ['glossary']},
  {keys: ['Enter', '→', 'l'], intent: 'open', label: keyText.openFrame, places: ['ladder'], rank: 2},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.select, places: ['ladder'], rank: 1},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.select, places: ['ladder']},
  {keys: ['PgUp'], intent: 'back', label: keyText.tenUp, places: ['ladder']},
  {keys: ['PgDn', 'Space'], intent: 'next', label: keyText.tenDown, places: ['ladder']},
  {keys: ['Home', '0'], intent: 'to-start', label: keyText.firstFrame, places: ['ladder']},
  {keys: ['End', '$'], intent: 'to-end', label: keyText.lastFrame, places: ['ladder']},
  {keys: ['a'], intent: 'numbers', label: keyText.numbers, places: ['ladder'], rank: 4},
  {keys: ['p'], intent: 'save-capture', label: keyText.saveCapture, places: ['ladder'], rank: 5},
  {keys: ['Esc', 'w', '←', 'h'], intent: 'close', label: keyText.close, places: ['ladder'], rank: 'last'},
  {keys: ['↑', 'k'], intent: 'up', label: keyText.field, places: ['frame'], rank: 1},
  {keys: ['↓', 'j'], intent: 'down', label: keyText.field, places: ['frame']},
  {keys: ['←', 'h'], intent: 'back', label: keyText.previousFrame, places: ['frame'], rank: 2},
  {keys: ['→', 'l'], intent: 'next', label: keyText.nextFrame, places: ['frame'], rank: 3},
  {keys: ['Home', '0'], intent: 'to-start', label: keyText.firstField, places: ['frame']},
  {keys: ['End', '$'], intent: 'to-end', label: keyText.lastField, places: ['frame']},
  {keys: ['Esc', 'w'], intent: 'close', label: keyText.back, places: ['frame'], rank: 'last'},
  {keys: ['?', 'Enter', '→', 'Space'], intent: 'close', label: keyText.close, places: ['help'], rank: 'last'},
  {keys: ['b', 'Enter', '→', 'Space'], intent: 'close', label: keyText.close, places: ['blank']},
  {keys: ['y'], intent: 'yes', label: keyText.yes, places: ['confirm'], rank: 1},
  {keys: ['n', 'Esc', 'Enter'], intent: 'no', label: keyText.no, places: ['confirm'], rank: 2},
  {keys: ['0-9'], intent: 'digit', label: keyText.number, places: ['jump'], rank: 1},
  {keys: ['Backspace'], intent: 'erase', label: keyText.erase, places: ['jump']},
  {keys: ['Enter'], intent: 'yes', label: keyText.go, places: ['jump'], rank: 2},
  {keys: ['q'], intent: 'quit', label: keyText.quit, places: ['home'], rank: 'last'},
  {
    keys: ['q'],
    intent: 'quit',
    label: keyText.quit,
    places: [
      ...stepping,
      'arranging',
      'looking',
      'challenges',
      'opening',
      'help',
      'glossary',
      'ladder',
      'frame',
      'man',
      'blank',
      'confirm',
      'jump',
      'too-small',
    ],
    rank: 11,
  },
  {
    keys: ['Ctrl+C'],
    intent: 'interrupt',
    label: keyText.interrupt,
    places: [
      ...pages,
      ...writtenLists,
      'typing',
      'looking',
      'challenges',
      'opening',
      'writing',
      'help',
      'glossary',
      'ladder',
      'frame',
      'man',
      'blank',
      'confirm',
      'jump',
      'too-small',
    ],
  },
  {
    keys: ['Ctrl+Z'],
    intent: 'suspend',
    label: keyText.suspend,
    places: [
      ...pages,
      ...writtenLists,
      'typing',
      'looking',
      'challenges',
      'opening',
      'writing',
      'help',
      'glossary',
      'ladder',
      'frame',
      'man',
      'blank',
      'confirm',
      'jump',
      'too-small',
    ],
  },
];

/** Where what works in another place works too. */
const within: Readonly<Partial<Record<KeyContext, readonly KeyContext[]>>> = {
  prompt: ['typing'],
  'first-line': ['prompt', 'typing'],
  suggested: ['prompt', 'typing'],
  corrected: ['typing'],
};

export const worksAt = ({places}: Binding, place: KeyContext): boolean =>
  places.includes(place) || (within[place]?.some(wider => places.includes(wider)) ?? false);

const ranges: Readonly<Record<string, RegExp>> = {'1-9': /^[1-9]$/, '0-9': /^[0-9]$/};

/** What this key asks for here; null when it means nothing. */
export function intentOf(key: string, place: KeyContext): Intent | null {
  const binding = bindingsAt(place).find(({keys}) => keys.some(name => name === key || ranges[name]?.test(key)));
  if (!binding) return null;
  if (binding.intent === 'choose') return {kind: 'choose', number: Number(key)};
  if (binding.intent === 'digit') return {kind: 'digit', digit: key};
  return {kind: binding.intent};
}

const byPlace = new Map<KeyContext, readonly Binding[]>();

/** Asked for each character of a stretch of input, which may be a page of text. */
function bindingsAt(place: KeyContext): readonly Binding[] {
  const found = byPlace.get(place) ?? bindings.filter(binding => worksAt(binding, place));
  byPlace.set(place, found);
  return found;
}

/** What is known of a stretch of input beside its characters: which key that writes nothing it is, and what was held with it. */
export interface PressedKey {
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly rightArrow: boolean;
  readonly leftArrow: boolean;
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly pageDown: boolean;
  readonly pageUp: boolean;
  readonly home: boolean;
  readonly end: boolean;
}

/** The keys that were pressed, from what Ink says of one stretch of input; a held key comes as several. */
export function keysOf(input: string, key: PressedKey): readonly string[] {
  const name = nameOf(input, key);
  if (name !== null) return [name];
  return key.meta ? [] : [...input].map(characterKey);
}

/** The name of a key that writes nothing; null for characters. */
function nameOf(input: string, key: PressedKey): string | null {
  if (key.ctrl) return `Ctrl+${input.toUpperCase()}`;
  if (key.meta) return null;
  if (key.rightArrow) return '→';
  if (key.leftArrow) return '←';
  if (key.upArrow) return '↑';
  if (key.downArrow) return '↓';
  if (key.return) return 'Enter';
  if (key.escape) return 'Esc';
  if (key.tab) return 'Tab';
  if (key.backspace || key.delete) return 'Backspace';
  if (key.pageDown) return 'PgDn';
  if (key.pageUp) return 'PgUp';
  if (key.home) return 'Home';
  if (key.end) return 'End';
  return null;
}

/** One character of a stretch. Control characters are keys (Ctrl+A is 1), and an arrow that was typed is not the key. */
function characterKey(character: string): string {
  if (character === '\r') return 'Enter';
  if (character === '\t') return 'Tab';
  if (character < ' ') return `Ctrl+${String.fromCharCode(character.charCodeAt(0) + 64)}`;
  if (character === ' ') return 'Space';
  return '←→↑↓'.includes(character) ? '' : character;
}
