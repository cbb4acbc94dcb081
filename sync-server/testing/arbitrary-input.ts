import fc from 'fast-check';
import { z } from 'zod';

type Schema = {
  type?: string | readonly string[];
  format?: string;
  pattern?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: Schema | false;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  /** Where a rule cannot be read from the schema. */
  examples?: readonly unknown[];
};

/**
 * Inputs that an operation may be sent, read from its zod schema, with every uuid taken from `ids`.
 * Throws for a kind of schema it does not know, so that no operation is left out unseen.
 */
export const arbitraryInput = (input: z.ZodType, ids: readonly string[]): fc.Arbitrary<unknown> =>
  ofWhole(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema, ids);

/** A schema that holds itself is followed so often, then its ends alone are taken. */
const MOST_NESTED = 3;

function ofWhole(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const name = (ref: string) => ref.replace('#/$defs/', '');
  const open = (one: Schema, depth: number): Schema => {
    const { $ref, ...rest } = one;
    if (!$ref) return mapParts(one, (part) => open(part, depth));
    const named = schema.$defs?.[name($ref)];
    if (!named) return one;
    return { ...open(depth < MOST_NESTED ? named : withoutRefs(named), depth + 1), ...rest };
  };
  const { $defs: _, ...own } = schema;
  return arbitraryOf(open(own, 0), ids);
}

const holdsRef = (schema: Schema): boolean => JSON.stringify(schema).includes('"$ref"');
const withoutRefs = (schema: Schema): Schema => ({
  ...schema,
  ...(schema.anyOf && { anyOf: schema.anyOf.filter((one) => !holdsRef(one)) }),
});

const mapParts = (schema: Schema, map: (part: Schema) => Schema): Schema => ({
  ...schema,
  ...(schema.anyOf && { anyOf: schema.anyOf.map(map) }),
  ...(schema.oneOf && { oneOf: schema.oneOf.map(map) }),
  ...(schema.items && { items: map(schema.items) }),
  ...(schema.properties && {
    properties: Object.fromEntries(Object.entries(schema.properties).map(([key, part]) => [key, map(part)])),
  }),
});

const scalar = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), fc.constant(null));

function arbitraryOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.examples) return fc.constantFrom(...schema.examples);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, ids)));
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((one) => arbitraryOf(one, ids)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  // Any JSON at all.
  if (schema.$ref || Object.keys(schema).length === 0) return scalar;
  if (typeof schema.type === 'object')
    return fc.oneof(...schema.type.map((type) => arbitraryOf({ ...schema, type }, ids)));
  switch (schema.type) {
    case 'object':
      return arbitraryObject(schema, ids);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 5 } = schema;
      return fc.array(arbitraryOf(items, ids), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, 5)),
      });
    }
    case 'integer':
    case 'number': {
      const { minimum = 0, maximum = 1_000 } = schema;
      return fc.integer({ min: minimum, max: Math.min(maximum, minimum + 1_000) });
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return arbitraryText(schema, ids);
    default:
      throw new Error(`no inputs for this kind of schema yet: ${JSON.stringify(schema)}`);
  }
}

function arbitraryObject(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, arbitraryOf(value, ids)])),
    { requiredKeys: [...required] },
  );
  if (!additionalProperties) return named;
  const keys = fc.stringMatching(/^[a-z]{1,8}$/);
  const others = fc.dictionary(keys, arbitraryOf(additionalProperties, ids), { maxKeys: 3 });
  return fc.tuple(others, named).map(([a, b]) => ({ ...a, ...b }));
}

function arbitraryText(
  { format, pattern, minLength = 0, maxLength = 40 }: Schema,
  ids: readonly string[],
): fc.Arbitrary<string> {
  switch (format) {
    case 'uuid':
      return fc.constantFrom(...ids);
    case 'email':
      return fc.constantFrom('a@fuzz.example', 'b@fuzz.example');
    case 'uri':
      return fc.constantFrom('https://pictures.example/a.png', 'http://b.example/');
    case 'e164':
      return fc.constantFrom('+14155550111', '+14155550123');
    case 'date':
      return fc.constantFrom('2026-01-31', '2024-02-29', '1999-12-31');
    case undefined: {
      if (pattern) return fc.stringMatching(new RegExp(pattern));
      const text = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
      return fc.oneof(text, fc.constantFrom('vip', 'Wanda', 'a', 'source'));
    }
    default:
      throw new Error(`no text of the format ${format} yet`);
  }
}
