import type {Field, FieldName} from '../model/wire.ts';

/** The value of a field that holds a number; 0 where it was not read. */
export function numberIn(fields: readonly Field[], name: FieldName): number {
  const value = valueIn(fields, name);
  return typeof value === 'number' ? value : 0;
}

/** Of one that holds an address, or bytes; empty where it was not read. */
export function textIn(fields: readonly Field[], name: FieldName): string {
  const value = valueIn(fields, name);
  return typeof value === 'string' ? value : '';
}

/** Of one that holds flags. */
export const namesIn = (fields: readonly Field[], name: FieldName): readonly string[] =>
  listIn(fields, name).filter(one => typeof one === 'string');

/** Of one that holds several numbers. */
export const numbersIn = (fields: readonly Field[], name: FieldName): readonly number[] =>
  listIn(fields, name).filter(one => typeof one === 'number');

export const valueIn = (fields: readonly Field[], name: FieldName): Field['value'] | undefined =>
  fields.find(field => field.name === name)?.value;

function listIn(fields: readonly Field[], name: FieldName): readonly (number | string)[] {
  const value = valueIn(fields, name);
  return typeof value === 'object' ? value : [];
}
