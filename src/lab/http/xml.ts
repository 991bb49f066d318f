import type {XmlProblem} from '../../model/ask.ts';

/** One element, by its name without a namespace prefix. `text` is its own, not that of the elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Open {
  /** With its prefix, as the end tag must have it. */
  readonly tag: string;
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/** Characters, elements inside each other, and elements in all. */
export const xmlLimits = {characters: 65_536, depth: 32, elements: 4096} as const;

const attribute = /\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/;
const startTag = new RegExp(`<([A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?)(?:${attribute.source})*\\s*(/?)>`, 'y');
const endTag = /<\/([A-Za-z_][\w.:-]*)\s*>/y;

/** Reads as much of XML 1.0 as device descriptions and SOAP answers use. Anything else is a problem, never a guess. */
export function readXml(source: string): XmlElement | XmlProblem {
  if (source.length > xmlLimits.characters) return 'bad-xml';
  const text = source.replace(/^\ufeff/, '');
  const top: Open = {tag: '', name: '', text: '', children: []};
  const stack = [top];
  let elements = 0;
  for (let at = 0; at < text.length; ) {
    const current = stack.at(-1) ?? top;
    const skipped = skippedAt(text, at);
    if (skipped === 'doctype' || skipped === 'bad-xml') return skipped;
    if (skipped) {
      current.text += skipped.text;
      at = skipped.end;
      continue;
    }
    if (text[at] !== '<') {
      const end = text.indexOf('<', at);
      const words = unescaped(text.slice(at, end < 0 ? undefined : end));
      if (words === null) return 'bad-xml';
      current.text += words;
      at = end < 0 ? text.length : end;
      continue;
    }
    const tag = tagAt(text, at);
    if (!tag) return 'bad-xml';
    at = tag.end;
    if (tag.kind === 'end') {
      if (stack.length < 2 || current.tag !== tag.name) return 'bad-xml';
      stack.pop();
      stack.at(-1)?.children.push(closed(current));
      continue;
    }
    elements += 1;
    if (elements > xmlLimits.elements || stack.length > xmlLimits.depth) return 'bad-xml';
    const opened: Open = {tag: tag.name, name: tag.name.replace(/^.*:/, ''), text: '', children: []};
    if (tag.kind === 'empty') current.children.push(closed(opened));
    else stack.push(opened);
  }
  const [root, second] = top.children;
  return stack.length === 1 && root && !second && top.text.trim() === '' ? root : 'bad-xml';
}

const closed = ({name, text, children}: Open): XmlElement => ({name, text: text.trim(), children});

/** A comment, a processing instruction, or a CDATA section, whose text counts. Null when none begins here. */
function skippedAt(text: string, at: number): {text: string; end: number} | XmlProblem | null {
  for (const [open, close] of [
    ['<!--', '-->'],
    ['<?', '?>'],
    ['<![CDATA[', ']]>'],
  ] as const) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    if (end < 0) return 'bad-xml';
    return {text: open === '<![CDATA[' ? text.slice(at + open.length, end) : '', end: end + close.length};
  }
  return text.startsWith('<!', at) ? 'doctype' : null;
}

function tagAt(text: string, at: number): {kind: 'start' | 'empty' | 'end'; name: string; end: number} | null {
  for (const form of [startTag, endTag]) {
    form.lastIndex = at;
    const [whole, name = '', slash] = form.exec(text) ?? [];
    if (whole === undefined) continue;
    return {kind: form === endTag ? 'end' : slash === '/' ? 'empty' : 'start', name, end: at + whole.length};
  }
  return null;
}

const entities: Readonly<Record<string, string>> = {lt: '<', gt: '>', amp: '&', quot: '"', apos: "'"};

/** Null when an entity is not one of the five of XML 1.0 nor the number of a character. */
function unescaped(text: string): string | null {
  let isFine = true;
  const words = text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{0,8}));|&/gi, (_, decimal, hexadecimal, name) => {
    const code = Number.parseInt(decimal ?? hexadecimal ?? '', decimal === undefined ? 16 : 10);
    const found = name === undefined ? characterOf(code) : entities[name];
    isFine &&= found !== undefined;
    return found ?? '';
  });
  return isFine ? words : null;
}

const characterOf = (code: number): string | undefined =>
  code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;

/** An element and all below it, in the order of the document. */
export function* elementsOf(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const child of root.children) yield* elementsOf(child);
}

/** The text of the first element of this name; null when there is none. */
export function textOf(root: XmlElement, name: string): string | null {
  for (const element of elementsOf(root)) if (element.name === name) return element.text;
  return null;
}
