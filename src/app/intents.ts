/** What a key asks for, where the key alone says it all. */
export type PlainIntent =
  | 'next'
  | 'back'
  | 'to-start'
  | 'to-end'
  | 'play-pause'
  | 'slower'
  | 'faster'
  | 'jump'
  | 'lane'
  | 'pane'
  | 'hint'
  | 'run-again'
  | 'reset'
  | 'language'
  | 'blank'
  | 'help'
  | 'glossary'
  | 'close'
  | 'quit'
  | 'interrupt'
  | 'suspend'
  | 'up'
  | 'down'
  | 'open'
  | 'skip'
  | 'another-message'
  | 'yes'
  | 'no'
  | 'erase'
  | 'send'
  | 'search'
  | 'review'
  | 'experiment'
  | 'pick'
  | 'run-order'
  | 'try-again';

export type Intent =
  | {readonly kind: PlainIntent}
  | {readonly kind: 'choose' /** Index into the step's choices. */; readonly choice: number}
  | {readonly kind: 'digit'; readonly digit: string};
