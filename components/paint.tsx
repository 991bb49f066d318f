import {Chalk, type ChalkInstance} from 'chalk';
import {createContext} from 'react';
import {type Ink, palettes, type Theme, type Tone} from '../src/draw/text/colors.ts';
import {type Span, withoutSteering} from '../src/draw/text/spans.ts';

/** A span as a terminal takes it. */
export type Paint = (span: Span) => string;

/** How the spans of a screen are painted; where there is no terminal, not at all. */
export const PaintContext = createContext<Paint>(({text}) => withoutSteering(text));

/** What a terminal can show: no colour, sixteen, 256, or 24 bits of it. */
export type Depth = ChalkInstance['level'];

/**
 * Bold, underline and inverse are there without colour too (no-color.org). They are put on in the order in which Ink's Text does: as an
 * element of its own each span would be laid out, styled and cleaned by itself in every frame.
 */
export function painter(theme: Theme, depth: Depth): Paint {
  const pen = new Chalk({level: depth === 0 ? 1 : depth});
  const inks = new Map(
    Object.entries(palettes[theme]).map(([tone, ink]) => [tone as Tone | 'dim', ink && colored(pen, ink, depth)]),
  );
  // How faint SGR 2 is differs by terminal: a grey of a known contrast is better where there is one.
  const faint = inks.get('dim') ?? pen.dim;
  return ({text, tone, bold, dim, inverse, underline}) => {
    let styled = withoutSteering(text);
    const ink = tone && inks.get(tone);
    if (ink) styled = ink(styled);
    else if (dim) styled = faint(styled);
    if (bold) styled = pen.bold(styled);
    if (underline) styled = pen.underline(styled);
    return inverse ? pen.inverse(styled) : styled;
  };
}

function colored(pen: ChalkInstance, {rgb, xterm, basic}: Ink, depth: Depth): ChalkInstance | null {
  if (depth === 3) return pen.hex(rgb);
  if (depth === 2) return pen.ansi256(xterm);
  return depth === 1 && basic ? pen[basic] : null;
}
