import {Ajv} from 'ajv';
import {describe, expect, test} from 'vitest';
import {address, call, callSchemas, outcome, outcomeSchemas} from '../../src/timeline/call-schema.ts';
import {eventSchemas} from '../../src/timeline/event-schema.ts';
import {endpoint, type Schema} from '../../src/timeline/schema.ts';
import {serveEventSchemas} from '../../src/timeline/serve-schema.ts';
import {documentedKinds, examples, tableUnder} from '../event-doc.ts';
import {formsOf, propertiesOf} from './schema-parts.ts';

/** What has a section of its own in the page. */
const apart: readonly unknown[] = [call, outcome, address, endpoint].flatMap(formsOf);

/** All that may be in an object, `sockets[].tcpInfo?`: `?` behind what may be missing. */
function pathsIn(schema: Schema, isDeep: boolean, before = ''): string[] {
  const forms = formsOf(schema).filter(form => before === '' || !apart.includes(form));
  const names = [...new Set(forms.flatMap(form => Object.keys(propertiesOf(form))))];
  return names.flatMap(name => {
    const isRequired = forms.every(form => (form.required as string[]).includes(name));
    const held = isDeep ? forms.map(form => propertiesOf(form)[name] ?? {}) : [];
    const deeper = (one: Schema): string[] =>
      one.items ? pathsIn(one.items as Schema, true, `${before}${name}[].`) : pathsIn(one, true, `${before}${name}.`);
    return [`${before}${name}${isRequired ? '' : '?'}`, ...held.flatMap(one => deeper(one))];
  });
}

const common = ['seq', 'at', 'kind'];
const without = (paths: readonly string[], ...left: readonly string[]) =>
  [...new Set(paths)].filter(path => !left.includes(path)).sort();
const sorted = (table: ReadonlyMap<string, readonly string[]>) =>
  Object.fromEntries([...table].map(([name, properties]) => [name, [...properties].sort()]));
const schemasOf = (schemas: Readonly<Record<string, Schema>>, isDeep: boolean, ...left: readonly string[]) =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, without(pathsIn(schema, isDeep), ...left)]),
  );

describe('docs/events.md tells all that the schema has, and nothing else:', () => {
  test('each event', () => {
    expect(sorted(documentedKinds)).toEqual(schemasOf(eventSchemas, true, ...common));
  });

  test('what every event has', () => {
    expect([...tableUnder('# Events').keys()].slice(0, 3)).toEqual(common);
  });

  test('each call', () => {
    expect(sorted(tableUnder('## Calls'))).toEqual(schemasOf(callSchemas, false, 'name'));
  });

  test('each outcome', () => {
    expect(sorted(tableUnder('## Outcomes'))).toEqual(schemasOf(outcomeSchemas, false, 'kind'));
  });

  test('each event of serve', () => {
    expect(sorted(tableUnder('# Events of serve'))).toEqual(schemasOf(serveEventSchemas, false, ...common));
  });
});

describe('what docs/events.md shows is so:', () => {
  const ajv = new Ajv();
  const schemaOf = {
    call: () => call,
    outcome: () => outcome,
    serve: ({kind}: {kind: keyof typeof serveEventSchemas}) => serveEventSchemas[kind],
  };

  test.each(examples(''))('$kind', event => {
    const validate = ajv.compile(eventSchemas[event.kind as keyof typeof eventSchemas]);
    validate(event);
    expect(validate.errors).toBeNull();
  });

  test.each(['call', 'outcome', 'serve'] as const)('%s', of => {
    expect(examples(of).length).toBeGreaterThan(5);
    for (const example of examples(of)) {
      const validate = ajv.compile(schemaOf[of](example as never));
      validate(example);
      expect([example, validate.errors]).toEqual([example, null]);
    }
  });

  test('an event of each kind, and an outcome', () => {
    expect([...new Set(examples('').map(({kind}) => kind))]).toEqual(Object.keys(eventSchemas));
    expect([...new Set(examples('outcome').map(({kind}) => kind))]).toEqual(Object.keys(outcomeSchemas));
  });
});
