import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {glossary} from '../../../lessons/data/glossary.ts';
import {lessons} from '../../../lessons/index.ts';
import {glossaryLines} from '../../../src/draw/page/glossary.ts';
import {lookOf} from '../../../src/draw/text/look.ts';
import {markerOf} from '../../../src/draw/text/marked.ts';
import {type Line, textOf, widthOf} from '../../../src/draw/text/spans.ts';
import {wrap} from '../../../src/draw/text/wrap.ts';
import {languages} from '../../../src/model/text.ts';

const underlined = (lines: readonly Line[]): string[] =>
  lines.flatMap(line => line.filter(span => span.underline).map(span => span.text));

describe('marking terms', () => {
  test('underlines each where it occurs first, and leaves the commonest alone', () => {
    const mark = markerOf(glossary, 'en');
    expect(underlined(mark('A port is a port. The kernel has ports.', 60))).toEqual(['port']);
    expect(underlined(mark('A port and its backlog', 60))).toEqual(['backlog']);
  });

  test('goes on in the next line where a term is broken', () => {
    const lines = markerOf(glossary, 'en')('They call it the three-way handshake now', 26);
    expect(lines.map(textOf)).toEqual(['They call it the three-way', 'handshake now']);
    expect(underlined(lines)).toEqual(['three-way', 'handshake']);
  });

  test('keeps the style of the text', () => {
    const [line = []] = markerOf(glossary, 'ja')('ポートです', 40, {tone: 'errno'});
    expect(line).toEqual([
      {text: 'ポート', tone: 'errno', underline: true},
      {text: 'です', tone: 'errno'},
    ]);
  });

  test.each(languages)('changes neither the text of any line nor its width in %s', language => {
    const names = glossary.flatMap(term => term.names[language]);
    const texts = lessons.flatMap(({summary, steps}) => [
      summary,
      ...steps.flatMap(({before, after}) => [before, after]),
    ]);
    const said = texts.map(text => text[language]);
    const any = fc
      .array(fc.oneof(fc.constantFrom(...names, ...said), fc.constantFrom(' ', '\n', 'の', '。'), fc.string()), {
        maxLength: 6,
      })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(any, fc.integer({min: 2, max: 100}), (text, width) => {
        const lines = markerOf(glossary, language)(text, width);
        const plain = wrap(text, width);
        expect(lines.map(textOf)).toEqual(plain);
        for (const line of lines) expect(widthOf(line)).toBe(widthOf([{text: textOf(line)}]));
      }),
    );
  });
});

describe('the glossary', () => {
  const data = {terms: glossary, here: 3, written: {}, selected: 0, search: null};

  test.each(languages)('shows all of the term that one is at, on any screen, in %s', language => {
    const look = lookOf(language, false);
    for (const size of [
      {width: 60, height: 16},
      {width: 80, height: 22},
      {width: 120, height: 38},
    ]) {
      for (const [selected, {names, meaning}] of glossary.entries()) {
        const lines = glossaryLines({...data, selected}, look, size);
        expect(lines.length).toBeLessThanOrEqual(size.height);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(size.width);
        const shown = lines.map(textOf);
        const at = shown.findIndex(line => line.startsWith(' > '));
        expect(shown[at]).toContain(names[language][0]);
        const told = wrap(meaning[language], size.width - 6);
        expect(shown.slice(at + 1, at + 1 + told.length).map(line => line.trim())).toEqual(told);
      }
    }
  });

  test('shows the name by which the text has it beside the standard one', () => {
    const written = {'receive-buffer': '受信キュー'};
    const selected = glossary.findIndex(({id}) => id === 'receive-buffer');
    const shown = glossaryLines({...data, written, selected, search: null}, lookOf('ja', false), {
      width: 80,
      height: 20,
    }).map(textOf);
    expect(shown.find(line => line.startsWith(' > '))?.trimEnd()).toBe(
      ' > 受信バッファー = 受信キュー  receive buffer',
    );
  });

  test('names what is on the screen first', () => {
    const shown = glossaryLines(data, lookOf('en', false), {width: 80, height: 30}).map(textOf);
    expect(shown.slice(2, 4).map(line => line.trim().slice(0, 14))).toEqual([
      'On this screen',
      '> socket  ソケット'.slice(0, 14),
    ]);
    expect(shown.findIndex(line => line.trim() === 'All the others')).toBeGreaterThan(3);
  });
});
