import {eastAsianWidth} from 'get-east-asian-width';

/**
 * Latin, kana, ideographs, arrows, boxes, punctuation: characters that are one cluster each whatever stands beside them, and
 * no part of an emoji without a selector of variants (U+FE0F), which is not among them.
 */
const plain =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2460-\u25ff\u2713\u2717\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*$/;

const ascii = /^[\x20-\x7e]*$/;

/** Colours and the like (ECMA-48, SGR): they take no cell. */
const styles = /\x1b\[[\d;]*m/g;

/** Terminal cells of a text of plain characters; null for one that string-width has to look at. The two never differ. */
export function plainWidth(styled: string): number | null {
  const text = styled.includes('\x1b') ? styled.replace(styles, '') : styled;
  if (ascii.test(text)) return text.length;
  if (!plain.test(text)) return null;
  let width = 0;
  for (let i = 0; i < text.length; i++) width += eastAsianWidth(text.charCodeAt(i));
  return width;
}
