import {lessons} from '../lessons/index.ts';
import {actsOf, asks, type Lesson, type Step} from '../src/model/lesson.ts';

export interface Shot {
  readonly name: string;
  /** Columns x rows. */
  readonly size: string;
  readonly lang: string;
  readonly theme: string;
  /** As for --keys. */
  readonly keys: string;
  /** As for --until. */
  readonly until?: string | undefined;
  /** The program's own arguments. */
  readonly args: readonly string[];
}

interface Scene {
  readonly name: string;
  readonly keys: string;
  readonly args: readonly string[];
  /** In Japanese, then in English: the sizes and themes are shared out among the scenes. */
  readonly looks: readonly [ja: Look, en: Look];
}

type Look = readonly [size: '80x24' | '100x30' | '120x40' | '200x50', theme?: 'light'];

/** The keys from a lesson's beginning to after its step of this id; what it asks is skipped, what may be written is sent as it is. */
function walkTo(id: string, step: string): string {
  const {steps} = lessonNamed(id);
  const end = steps.findIndex(one => one.id === step) + 1;
  if (end === 0) throw new Error(`${id} has no step ${step}`);
  return [
    'until:LIVE',
    ...steps.slice(0, end).map((one, i) => `${keysOf(one)} until:" ${i + 1}/${steps.length} "`),
  ].join(' ');
}

function lessonNamed(id: string): Lesson {
  const lesson = lessons.find(one => one.id === id);
  if (!lesson) throw new Error(`no lesson ${id}`);
  return lesson;
}

function keysOf(step: Step): string {
  if (asks(step)) return 'Right s';
  const isWritten = actsOf(step).some(({call}) => call.name === 'send' && call.data.kind === 'message');
  return isWritten ? 'Right Enter' : 'Right';
}

/** Free play, where nobody listens. */
const refusal = `until:LIVE ${['server socket', 'client socket', 'client connect']
  .map((line, i) => `text:"${line}" Enter until:${i + 1}/${i + 1}`)
  .join(' ')} until:ECONNREFUSED`;

const echoed = walkTo('echo', 'server-echo');
const toTheQuestion = `${walkTo('server-flow', 'client-socket')} Right`;

const scenes: readonly Scene[] = [
  {name: 'home', keys: '', args: [], looks: [['100x30'], ['120x40', 'light']]},
  {
    name: 'layers',
    keys: walkTo('layers', 'client-connect'),
    args: ['layers'],
    looks: [['120x40', 'light'], ['100x30']],
  },
  {name: 'flow', keys: walkTo('server-flow', 'server-send'), args: ['server-flow'], looks: [['120x40'], ['120x40']]},
  {
    name: 'client-flow',
    keys: walkTo('client-flow', 'client-recv'),
    args: ['client-flow'],
    looks: [['80x24'], ['200x50']],
  },
  {name: 'echo', keys: echoed, args: ['echo'], looks: [['200x50'], ['120x40', 'light']]},
  {name: 'question', keys: toTheQuestion, args: ['server-flow'], looks: [['80x24'], ['80x24']]},
  {name: 'answer', keys: `${toTheQuestion} 1`, args: ['server-flow'], looks: [['80x24'], ['80x24']]},
  {
    name: 'queue',
    keys: walkTo('accept-queue', 'client-2-connect'),
    args: ['accept-queue'],
    looks: [['100x30', 'light'], ['80x24']],
  },
  {
    name: 'goodbye',
    keys: walkTo('goodbye', 'server-close'),
    args: ['goodbye'],
    looks: [['80x24'], ['100x30', 'light']],
  },
  {name: 'nat', keys: walkTo('nat', 'client-connect-translated'), args: ['nat'], looks: [['100x30'], ['120x40']]},
  {name: 'ladder', keys: `${echoed} w`, args: ['echo'], looks: [['120x40'], ['80x24']]},
  {
    name: 'frame',
    keys: `${echoed} w Enter ${'Down '.repeat(23)}`,
    args: ['echo'],
    looks: [['80x24', 'light'], ['100x30']],
  },
  {name: 'free-play', keys: 'until:LIVE', args: ['lab'], looks: [['80x24'], ['80x24', 'light']]},
  {name: 'refused', keys: refusal, args: ['lab', '--network', 'private'], looks: [['120x40'], ['80x24']]},
  {name: 'serve', keys: 'until:nc', args: ['serve', '--port', '0'], looks: [['100x30', 'light'], ['80x24']]},
  {name: 'glossary', keys: 'until:30 g until:/119', args: [], looks: [['80x24'], ['100x30', 'light']]},
  {
    name: 'palette',
    keys: 'until:30 Ctrl+P until:":" text:acc until:acc',
    args: [],
    looks: [['120x40', 'light'], ['80x24']],
  },
];

/** The pictures of the documentation, in both languages, at four sizes and in both themes. */
export const shots: readonly Shot[] = scenes.flatMap(({name, keys, args, looks}) =>
  (['ja', 'en'] as const).map((lang, i) => {
    const [size, theme = 'dark'] = looks[i] ?? ['80x24'];
    return {name: `${name}-${lang}`, size, lang, theme, keys, args};
  }),
);
