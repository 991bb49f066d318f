import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {elementsOf, readXml, textOf, type XmlElement, xmlLimits} from '../../../src/lab/http/xml.ts';

describe('XML that is read', () => {
  test.each([
    ['elements inside each other', '<a><b>1</b><b>2</b></a>', '1'],
    ['prefixes and attributes', '<s:a xmlns:s="x y" s:t=\'<no\'><s:b c="1">1</s:b></s:a>'.replace('<no', 'no'), '1'],
    [
      'a declaration, comments and CDATA',
      '\ufeff<?xml version="1.0"?><!-- <b>0</b> --><a><b><![CDATA[<1>]]></b></a>',
      '<1>',
    ],
    ['the five entities and numbered characters', '<a><b>&lt;&amp;&gt;&quot;&apos;&#49;&#x31;</b></a>', '<&>"\'11'],
    ['an element without content', '<a><c/><b>1</b></a>', '1'],
  ])('%s', (_, source, b) => {
    const root = readXml(source);
    expect(typeof root === 'string' ? root : textOf(root, 'b')).toBe(b);
  });
});

describe('XML that is refused', () => {
  const bomb = `<!DOCTYPE a [<!ENTITY x "ha">${'<!ENTITY y "&x;&x;">'.repeat(9)}]><a>&y;</a>`;
  test.each([
    ['a document type with entities', bomb, 'doctype'],
    ['a document type that names a file', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'doctype'],
    ['an entity that is not declared', '<a>&y;</a>', 'bad-xml'],
    ['a bare ampersand', '<a>1 & 2</a>', 'bad-xml'],
    ['a number that is no character', '<a>&#xd800;</a>', 'bad-xml'],
    ['an element that does not end', '<a><b></a>', 'bad-xml'],
    ['an end without a beginning', '</a>', 'bad-xml'],
    ['two elements at the top', '<a/><b/>', 'bad-xml'],
    ['text outside', '<a/>b', 'bad-xml'],
    ['a comment without end', '<a><!-- ', 'bad-xml'],
    ['nothing', '', 'bad-xml'],
    ['elements too deep', '<a>'.repeat(xmlLimits.depth + 1) + '</a>'.repeat(xmlLimits.depth + 1), 'bad-xml'],
    ['too many elements', `<a>${'<b/>'.repeat(xmlLimits.elements)}</a>`, 'bad-xml'],
    ['too many characters', `<a>${'b'.repeat(xmlLimits.characters)}</a>`, 'bad-xml'],
  ])('%s', (_, source, problem) => expect(readXml(source)).toBe(problem));
});

const name = fc.constantFrom('a', 'b', 'service', 'controlURL');
const element = (depth: number): fc.Arbitrary<XmlElement> =>
  fc.record({
    name,
    text: fc.string({unit: 'grapheme', maxLength: 8}).map(text => text.replace(/\p{C}/gu, '').trim()),
    children: depth === 0 ? fc.constant([]) : fc.array(element(depth - 1), {maxLength: 3}),
  });

const escaped = (text: string) => text.replace(/[<>&"']/g, character => `&#${character.charCodeAt(0)};`);
const written = ({name, text, children}: XmlElement): string =>
  `<x:${name} k="v">${escaped(text)}${children.map(written).join('')}</x:${name}>`;

test('what was written as XML is read as it was', () => {
  fc.assert(
    fc.property(element(3), tree => {
      expect(readXml(written(tree))).toEqual(tree);
    }),
  );
});

test('any text is read or refused, soon, and what is read is not longer than the text', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '<a>',
    '</a>',
    '<a',
    ' b="',
    '"',
    "'",
    '/',
    '&',
    ';',
    '<!',
    '<!--',
    '-->',
    '<?',
    'x',
    ' ',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(pieces, {maxLength: 200}).map(all => all.join('')),
  );
  fc.assert(
    fc.property(text, source => {
      const root = readXml(source);
      if (typeof root === 'string') return;
      const length = [...elementsOf(root)].reduce((sum, one) => sum + one.text.length, 0);
      expect(length).toBeLessThanOrEqual(source.length);
    }),
  );
});

test.each([
  ['spaces', `<a${' '.repeat(xmlLimits.characters - 10)}`],
  ['attributes', `<a${' b="c"'.repeat(10_000)}`],
  ['ampersands', `<a>${'&'.repeat(xmlLimits.characters - 10)}`],
  ['beginnings of comments', '<!--'.repeat(16_000)],
])('many %s take no longer than as many characters of an ordinary document, by far', (_, source) => {
  const ordinary = `<a>${'<b c="d">e&amp;f</b>'.repeat(xmlLimits.characters / 25)}</a>`;
  // Compiled by then.
  for (let i = 0; i < 20; i++) readXml(ordinary);
  const usual = processorTime(() => expect(readXml(ordinary)).not.toBeTypeOf('string'));
  expect(processorTime(() => expect(readXml(source)).toBe('bad-xml'))).toBeLessThan(100 * usual);
});

/** Microseconds of this process, whatever else the machine does. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const {user, system} = process.cpuUsage(before);
  return Math.max(100, user + system);
}
