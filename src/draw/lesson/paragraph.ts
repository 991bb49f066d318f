import {screenText} from '../../messages/screen.ts';
import type {Text} from '../../model/text.ts';
import type {Look} from '../text/look.ts';
import type {Marker} from '../text/marked.ts';
import {type Line, type Span, styled} from '../text/spans.ts';

/** A text in lines that begin one cell from the edge; none where there is no text. */
export type Paragraph = (text: Text | undefined, style?: Omit<Span, 'text'>) => Line[];

export const paragraphs =
  (port: number, look: Look, width: number, mark: Marker): Paragraph =>
  (text, style = {}) =>
    text ? mark(look.say(text, {port}), width, style).map(line => [styled(' ', style), ...line]) : [];

/** A verdict, which its mark and its words tell. */
export const marked = (mark: string, {ja, en}: Text): Text => ({ja: `${mark} ${ja}`, en: `${mark} ${en}`});

/** A text whose first words, which say what it is, are bold. */
export function labelled(label: Text, text: Text, look: Look, paragraph: Paragraph): Line[] {
  const name = look.say(label);
  const [first = [], ...rest] = paragraph({ja: `${label.ja}  ${text.ja}`, en: `${label.en}  ${text.en}`});
  const [edge, named, ...others] = first;
  if (!edge || !named?.text.startsWith(name)) return [first, ...rest];
  return [[edge, styled(name, {bold: true}), {...named, text: named.text.slice(name.length)}, ...others], ...rest];
}

export const hintLines = (hint: Text | undefined, look: Look, paragraph: Paragraph): Line[] => {
  const text = hint ?? screenText.noHint;
  const label = look.say(screenText.hint);
  return paragraph({ja: `${label} ${text.ja}`, en: `${label} ${text.en}`});
};
