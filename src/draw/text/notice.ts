import {drawable} from './glyphs.ts';
import type {Look} from './look.ts';
import {type Line, styled} from './spans.ts';
import {wrap} from './wrap.ts';

/** Something that just happened, such as a port that was taken. */
export const noticeLines = (notice: string | null, look: Look, width: number): Line[] =>
  notice === null ? [] : wrap(drawable(notice, look.ascii), width - 2).map(line => [styled(` ${line}`, {bold: true})]);

/** What is wrong with something that was typed, where nothing else marks it. */
export const problemLines = (problem: string | null, look: Look, width: number): Line[] =>
  noticeLines(problem === null ? null : `! ${problem}`, look, width);
