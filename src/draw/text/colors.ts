import type {ActorName} from '../../model/actor.ts';

/**
 * What a colour says: who (an actor), an errno, what waits in a queue, the key to press now, or which send() a byte is of.
 * Nothing else has a colour: emphasis is bold, and a verdict has a mark and a word.
 */
export type Tone = ActorName | 'errno' | 'queue' | 'key' | SendTone;

const sends = ['send-0', 'send-1', 'send-2', 'send-3', 'send-4', 'send-5'] as const;
type SendTone = (typeof sends)[number];

/** The tone of the bytes of one send(), from 0; the letter beside it says the same without colour. */
export const toneOfSend = (send: number): Tone => sends[send % sends.length] ?? 'send-0';

/** What the background of the terminal is. */
export type Theme = 'dark' | 'light';

/** A colour by what the terminal has: 24 bits, xterm's 256, or sixteen, whose look is the terminal's own; null: none there. */
export interface Ink {
  readonly rgb: string;
  /** 16-255, which have the same look nearly everywhere. */
  readonly xterm: number;
  readonly basic: 'green' | 'cyan' | 'red' | 'magenta' | 'yellow' | null;
}

/** A tone without ink has the colour of all text; `dim` is what matters less. */
export type Palette = Readonly<Record<Tone | 'dim', Ink | null>>;

const ink = (rgb: string, xterm: number, basic: Ink['basic'] = null): Ink => ({rgb, xterm, basic});

/** Each has a contrast of at least 4.5 (WCAG 2.2, 1.4.3) against #1e1e1e in dark and #ffffff in light. */
export const palettes: Readonly<Record<Theme, Palette>> = {
  dark: {
    server: ink('#8bd460', 113, 'green'),
    'server-2': ink('#b9d98f', 150, 'green'),
    router: null,
    client: ink('#56d4dd', 80, 'cyan'),
    'client-2': ink('#6fb1f5', 75, 'cyan'),
    'client-3': ink('#a5c9f0', 153, 'cyan'),
    network: null,
    errno: ink('#ff7b72', 203, 'red'),
    queue: ink('#dd8df2', 177, 'magenta'),
    key: ink('#f2cc60', 221, 'yellow'),
    'send-0': ink('#f0a45d', 215),
    'send-1': ink('#f5a3c0', 218),
    'send-2': ink('#b0a4ff', 147),
    'send-3': ink('#c8a57a', 180),
    'send-4': ink('#a0b0c8', 146),
    'send-5': ink('#e8c9b0', 223),
    dim: ink('#9a9a9a', 246),
  },
  light: {
    server: ink('#1c7a34', 28, 'green'),
    'server-2': ink('#2f5d1a', 22, 'green'),
    router: null,
    client: ink('#0c7079', 24, 'cyan'),
    'client-2': ink('#0b60c0', 26, 'cyan'),
    'client-3': ink('#2a3f9e', 19, 'cyan'),
    network: null,
    errno: ink('#c0262d', 160, 'red'),
    queue: ink('#9a2fb8', 127, 'magenta'),
    key: ink('#865d00', 94, 'yellow'),
    'send-0': ink('#b04a00', 130),
    'send-1': ink('#b0346c', 125),
    'send-2': ink('#5b4bc4', 61),
    'send-3': ink('#7a5a5a', 95),
    'send-4': ink('#52617a', 60),
    'send-5': ink('#5f5f00', 58),
    dim: ink('#6a6a6a', 242),
  },
};
