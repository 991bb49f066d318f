import {drawable} from './glyphs.ts';
import type {Look} from './look.ts';
import {type Line, styled} from './spans.ts';
import {wrap} from './wrap.ts';

/** Something that just happened, such as a port that was taken. */
export const noticeLines = (notice: string | null, look: Look, width: number, color = 'magenta'): Line[] =>
  notice === null ? [] : wrap(drawable(notice, look.ascii), width - 2).map(line => [styled(` ${line}`, {color})]);
