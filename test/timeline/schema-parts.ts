import type {Schema} from '../../src/timeline/schema.ts';

/** The objects that a schema may be. */
export function formsOf(schema: Schema): readonly Schema[] {
  if (Array.isArray(schema.anyOf)) return schema.anyOf.flatMap(formsOf);
  return schema.type === 'object' ? [schema] : [];
}

export const propertiesOf = (object: Schema): Readonly<Record<string, Schema>> =>
  object.properties as Readonly<Record<string, Schema>>;

/** Every object anywhere in a schema. */
export function objectsIn(schema: Schema): readonly Schema[] {
  if (schema.items) return objectsIn(schema.items as Schema);
  return formsOf(schema).flatMap(form => [form, ...Object.values(propertiesOf(form)).flatMap(objectsIn)]);
}
