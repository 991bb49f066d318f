import chalk, {type ForegroundColorName} from 'chalk';
import {type Span, withoutSteering} from './spans.ts';

/**
 * A span as a terminal takes it, where the terminal has colours: in the order in which Ink's Text puts styles on. As an element
 * of its own each span would be laid out, styled and cleaned by itself in every frame.
 */
export function styledText({text, color, bold, dim, inverse, underline}: Span): string {
  let styled = withoutSteering(text);
  if (dim) styled = chalk.dim(styled);
  if (color) styled = chalk[color as ForegroundColorName](styled);
  if (bold) styled = chalk.bold(styled);
  if (underline) styled = chalk.underline(styled);
  return inverse ? chalk.inverse(styled) : styled;
}
