import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {plainText} from '../../src/draw/text/glyphs.ts';
import {fieldValueText} from '../../src/messages/field-values.ts';
import {fieldText} from '../../src/messages/fields.ts';
import {segmentText} from '../../src/messages/segment.ts';
import {type Language, languages} from '../../src/model/text.ts';
import type {Dissection, FieldName} from '../../src/model/wire.ts';
import {dissect} from '../../src/wire/dissect.ts';
import {summarize} from '../../src/wire/summary.ts';
import {built, ethernet, ipv4, text, udp4} from '../wire/built.ts';
import {echo, echo6, frameOf} from '../wire/captured.ts';

/** The values of one header's fields of this name, as they are shown. */
const shown = ({parts}: Dissection, name: FieldName, language: Language): string[] =>
  parts.flatMap(part =>
    part.fields.filter(field => field.name === name).map(field => fieldValueText(field, language, {part})),
  );
const frame = (name: string): Dissection => dissect(built[name] ?? new Uint8Array());

describe('the names of the fields', () => {
  test.each(languages)('fit into 22 cells, in %s', language => {
    const long = Object.values(fieldText).filter(({name}) => stringWidth(name[language]) > 22);
    expect(long).toEqual([]);
  });

  test.each(languages)('each has one sentence or two of meaning, in %s', language => {
    const end = language === 'ja' ? /[。]$/ : /[.]$/;
    expect(Object.values(fieldText).filter(({meaning}) => !end.test(meaning[language]))).toEqual([]);
  });

  test.each(languages)('no two of a header have the same name, in %s', language => {
    for (const bytes of [...[...echo, ...echo6].map(one => one.bytes), ...Object.values(built)])
      for (const {fields} of dissect(bytes).parts) {
        const names = [...new Set(fields.map(({name}) => name))].map(name => fieldText[name].name[language]);
        expect(new Set(names).size).toBe(names.length);
      }
  });
});

describe('the value of a field, with what it stands for', () => {
  const [syn, data] = [dissect(frameOf(echo, 1)), dissect(frameOf(echo, 4))];

  test.each<[Dissection, FieldName, string, string]>([
    [data, 'eth-type', '0x0800 IPv4', '0x0800 IPv4'],
    [data, 'eth-source', '00:00:00:00:00:00', '00:00:00:00:00:00'],
    [data, 'ip-header-length', '5 (20 バイト)', '5 (20 bytes)'],
    [data, 'ip-protocol', '6 TCP', '6 TCP'],
    [data, 'ip-flags', 'DF', 'DF'],
    [data, 'ip-ecn', '0 非対応', '0 not capable'],
    [data, 'ip-checksum', '0x2abc', '0x2abc'],
    [data, 'ip-source', '127.0.0.1', '127.0.0.1'],
    [data, 'tcp-data-offset', '8 (32 バイト)', '8 (32 bytes)'],
    [data, 'tcp-flags', 'PSH, ACK', 'PSH, ACK'],
    [data, 'tcp-window', '64', '64'],
    [data, 'data', '"こんにちは"', '"こんにちは"'],
    [syn, 'tcp-option-mss', '65495 バイト', '65495 bytes'],
    [syn, 'tcp-option-window-scale', '10 1024 倍', '10 times 1024'],
    [syn, 'tcp-option-sack-permitted', '', ''],
    [syn, 'tcp-option-timestamps', '時計 3797482758, 相手の時計 0', 'clock 3797482758, the other side’s 0'],
    [frame('all options of TCP'), 'tcp-option-sack', '1-5', '1-5'],
    [frame('all options of TCP'), 'tcp-option-other', '種類 253 ab cd', 'kind 253 ab cd'],
    [frame('ARP request'), 'arp-operation', '1 要求', '1 request'],
    [frame('ARP reply'), 'arp-operation', '2 応答', '2 reply'],
    [frame('port unreachable'), 'icmp-type', '3 到達不能', '3 destination unreachable'],
    [frame('port unreachable'), 'icmp-code', '3 ポート到達不能', '3 port unreachable'],
    [frame('ICMPv6 port unreachable'), 'icmp-type', '1 到達不能', '1 destination unreachable'],
    [frame('ICMPv6 port unreachable'), 'icmp-code', '4 ポート到達不能', '4 port unreachable'],
    [frame('an echo request'), 'icmp-rest', '識別子 7, 番号 1', 'identifier 7, number 1'],
    [frame('a first fragment'), 'ip-flags', 'MF', 'MF'],
    [frame('a later fragment'), 'ip-flags', 'なし', 'none'],
    [frame('a later fragment'), 'ip-fragment-offset', '2 (16 バイト)', '2 (16 bytes)'],
    [frame('IP options'), 'ip-options', '07 07 04 00 00 00 00 00', '07 07 04 00 00 00 00 00'],
    [frame('UDP over IPv6'), 'ip6-source', '2001:db8::1', '2001:db8::1'],
    [frame('a routing header'), 'ip6-extension', 'Routing, 次は UDP', 'Routing, then UDP'],
    [
      frame('a later IPv6 fragment'),
      'ip6-extension',
      'Fragment 16 から, 続き なし, 識別子 0x0000cafe, 次は UDP',
      'Fragment from 16, more: no, identification 0x0000cafe, then UDP',
    ],
  ])('%#: %s', (dissection, name, ja, en) => {
    expect(shown(dissection, name, 'ja').at(-1)).toBe(ja);
    expect(shown(dissection, name, 'en').at(-1)).toBe(en);
  });

  test('an ICMP type without its header is a number: it means another thing in ICMPv6', () => {
    expect(fieldValueText({name: 'icmp-type', offset: 34, length: 1, value: 3}, 'en')).toBe('3');
  });

  test('many bytes are cut', () => {
    const bytes = ethernet(0x0800, ipv4({protocol: 17, inside: udp4(text('x'.repeat(500)))}));
    expect(shown(dissect(bytes), 'data', 'en')).toEqual([`"${'x'.repeat(32)}"...`]);
  });
});

// C0, DEL, C1, line separators, bidi and other format characters.
const steering = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cf}/u;

test('whatever a frame holds, nothing of it steers a terminal', () => {
  const heads = [...[...echo, ...echo6].map(({bytes}) => bytes), ...Object.values(built)];
  const hostile = fc.oneof(
    fc.uint8Array({maxLength: 60}),
    fc.constantFrom('\x1b[2J', '\u202eabc', '\x9b31m', '\u0000').map(words => Uint8Array.from(text(words))),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...heads),
      fc.nat(120),
      hostile,
      fc.constantFrom(...languages),
      (head, at, bytes, language) => {
        const changed = head.slice();
        changed.set(bytes.subarray(0, Math.max(0, head.length - (at % head.length))), at % head.length);
        const dissection = dissect(changed);
        for (const part of dissection.parts)
          for (const field of part.fields) expect(fieldValueText(field, language, {part})).not.toMatch(steering);
        const summary = summarize(changed, dissection);
        if (summary) expect(segmentText(summary, null, language)).not.toMatch(steering);
      },
    ),
    {numRuns: 2000},
  );
});

test('with ascii the data has no character that some terminals draw two cells wide', () => {
  const bytes = ethernet(0x0800, ipv4({protocol: 17, inside: udp4(text('○α'))}));
  const [field] = dissect(bytes).parts.at(-1)?.fields ?? [];
  const written = field && fieldValueText(field, 'ja', {ascii: true});
  expect(written).toBe('"\\u{25cb}\\u{3b1}"');
  expect(plainText(written ?? '')).toBe(written);
});
