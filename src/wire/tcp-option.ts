import type {Field} from '../model/wire.ts';
import {numberAt} from './layout.ts';
import type {Option} from './options.ts';

/**
 * One option as a field: RFC 9293 section 3.2, window scale and timestamps RFC 7323, SACK RFC 2018, Fast Open RFC 7413. One whose length is
 * not what its kind has is shown as one of the others: its kind, then its bytes.
 */
export function tcpOption(bytes: Uint8Array, {kind, offset, length}: Option): Field {
  const form = forms[kind];
  const content = {offset: offset + 2, length: length - 2};
  return form?.fits(length)
    ? {name: form.name, offset, length, value: form.value(bytes, content, kind)}
    : {name: 'tcp-option-other', offset, length, value: [kind, ...bytes.subarray(offset + 2, offset + length)]};
}

interface Form {
  readonly name: Field['name'];
  fits(length: number): boolean;
  value(bytes: Uint8Array, content: {offset: number; length: number}, kind: number): Field['value'];
}

/** Those that hold nothing have their kind as their value. */
const itsKind: Form['value'] = (_bytes, _content, kind) => kind;

const oneNumber: Form['value'] = (bytes, {offset, length}) => numberAt(bytes, offset, length);

const itsBytes: Form['value'] = (bytes, {offset, length}) => [...bytes.subarray(offset, offset + length)];

const numbersOfFour: Form['value'] = (bytes, {offset, length}) =>
  Array.from({length: length / 4}, (_, i) => numberAt(bytes, offset + 4 * i, 4));

const exactly = (wanted: number) => (length: number) => length === wanted;
const any = (): boolean => true;

const forms: Readonly<Record<number, Form>> = {
  0: {name: 'tcp-option-end', fits: any, value: itsKind},
  1: {name: 'tcp-option-nop', fits: any, value: itsKind},
  2: {name: 'tcp-option-mss', fits: exactly(4), value: oneNumber},
  3: {name: 'tcp-option-window-scale', fits: exactly(3), value: oneNumber},
  4: {name: 'tcp-option-sack-permitted', fits: exactly(2), value: itsKind},
  5: {name: 'tcp-option-sack', fits: length => length > 2 && (length - 2) % 8 === 0, value: numbersOfFour},
  8: {name: 'tcp-option-timestamps', fits: exactly(10), value: numbersOfFour},
  34: {name: 'tcp-option-fast-open', fits: any, value: itsBytes},
};
