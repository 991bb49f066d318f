/** Parts of JSON Schemas (draft-07), held to the types that they are about by the compiler. */
export type Schema = Readonly<Record<string, unknown>>;

export type OptionalKeys<T> = {[K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never}[keyof T];
export type RequiredKeys<T> = Exclude<keyof T, OptionalKeys<T>>;
export type SchemaOfEach<K extends PropertyKey> = Readonly<Record<K, Schema>>;
/** The optional properties, where there are any. */
export type Optional<K extends PropertyKey> = [K] extends [never] ? [] : [optional: SchemaOfEach<K>];

/** An object with just these properties: what it does not know it refuses. */
export const closedObject = (properties: Readonly<Record<string, Schema>>, optional: typeof properties = {}) => ({
  type: 'object',
  properties: {...properties, ...optional},
  required: Object.keys(properties),
  additionalProperties: false,
});

/** A `T`: the compiler refuses a property that is missing here, one that `T` has not, and one that is optional in one place only. */
export const object = <T>(
  properties: SchemaOfEach<RequiredKeys<T>>,
  ...[optional]: Optional<OptionalKeys<T>>
): ReturnType<typeof closedObject> => closedObject(properties, optional);

export const anyOf = (...schemas: readonly Schema[]) => ({anyOf: schemas});
export const orNull = (schema: Schema) => anyOf(schema, {type: 'null'});
export const listOf = (items: Schema) => ({type: 'array', items});

export const count = {type: 'integer', minimum: 0};
export const port = {type: 'integer', minimum: 0, maximum: 65535};
export const base64 = {type: 'string', pattern: '^[A-Za-z0-9+/]*={0,2}$'};
export const text = {type: 'string'};
export const endpoint = anyOf(
  object<{host: string; port: number}>({host: text, port}),
  object<{path: string}>({path: text}),
);
