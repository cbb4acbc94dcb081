import { expect, test } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from '../../../shared/catalog/operations.ts';
import { restRoutes } from '../../../shared/catalog/rest-routes.ts';
import type { Operation } from '../../../shared/protocol/operation.ts';
import { createOpenApi } from './openapi.ts';

const operations = OPERATIONS as unknown as readonly Operation[];
// As it arrives.
const document: unknown = JSON.parse(JSON.stringify(createOpenApi(operations)));

const ref = z.strictObject({ $ref: z.string().regex(/^#\/components\/[a-zA-Z]+\/[\w.-]+$/) });
const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
/** JSON Schema 2020-12, as far as it is used: a keyword that is not known here fails. */
const schema: z.ZodType = z.lazy(() =>
  z.union([
    ref,
    z.strictObject({
      type: z.union([z.enum(TYPES), z.array(z.enum(TYPES))]).optional(),
      description: z.string().optional(),
      format: z.string().optional(),
      pattern: z
        .string()
        .refine((text) => new RegExp(text, 'u').source.length > 0)
        .optional(),
      default: z.unknown().optional(),
      examples: z.array(z.unknown()).optional(),
      const: z.unknown().optional(),
      enum: z.array(z.unknown()).min(1).optional(),
      anyOf: z.array(schema).min(1).optional(),
      oneOf: z.array(schema).min(1).optional(),
      allOf: z.array(schema).min(1).optional(),
      properties: z.record(z.string(), schema).optional(),
      required: z.array(z.string()).optional(),
      additionalProperties: z.union([z.boolean(), schema]).optional(),
      propertyNames: schema.optional(),
      items: schema.optional(),
      prefixItems: z.array(schema).optional(),
      minItems: z.number().int().min(0).optional(),
      maxItems: z.number().int().min(0).optional(),
      minLength: z.number().int().min(0).optional(),
      maxLength: z.number().int().min(0).optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      exclusiveMinimum: z.number().optional(),
      exclusiveMaximum: z.number().optional(),
    }),
  ]),
);
const content = z.strictObject({ 'application/json': z.strictObject({ schema }) });
const answer = z.record(z.enum(['application/json', 'text/csv']), z.strictObject({ schema }).optional());
const header = z.strictObject({ description: z.string(), schema });
const parameter = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('path'), name: z.string(), required: z.literal(true), schema }),
  z.strictObject({ in: z.literal('query'), name: z.string(), required: z.boolean(), schema }),
  z.strictObject({ in: z.literal('header'), name: z.string(), description: z.string(), schema }),
]);
const response = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.union([ref, header])).optional(),
  content: answer.optional(),
});
const operationObject = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string().min(1),
  description: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))).min(1),
  parameters: z.array(z.union([ref, parameter])),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.union([ref, response])),
  'x-role': z.string(),
  'x-alias-of': z.string().optional(),
});
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
/** What the specification allows of an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.1), as far as it is used. */
const openapi = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(z.string().regex(/^\//), z.partialRecord(z.enum(METHODS), operationObject)),
  components: z.strictObject({
    securitySchemes: z.record(
      z.string().regex(/^[a-zA-Z0-9._-]+$/),
      z.strictObject({
        type: z.literal('http'),
        scheme: z.literal('bearer'),
        bearerFormat: z.string().optional(),
        description: z.string(),
      }),
    ),
    parameters: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), parameter),
    headers: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), header),
    schemas: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), schema),
    responses: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), response),
  }),
});

type Described = z.output<typeof operationObject>;
const described = (): [path: string, method: string, Described][] =>
  Object.entries(openapi.parse(document).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]): [string, string, Described] => [path, method, one]),
  );

test('the description is an OpenAPI 3.1 document', () => {
  expect(openapi.safeParse(document).error).toBeUndefined();
});

test('every reference in it leads somewhere', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to = '']) => to);
  expect(refs.length).toBeGreaterThan(100);
  for (const to of new Set(refs)) {
    const found = to
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    expect([to, found]).not.toEqual([to, undefined]);
  }
});

test('every route of every operation is described once, under a name of its own', () => {
  const routes = operations.flatMap((operation) =>
    restRoutes(operation).map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
  );
  const all = described();
  expect(all.map(([path, method]) => `${method} ${path}`).toSorted()).toEqual(routes.toSorted());
  const ids = all.map(([, , { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what stands in a path is a parameter, and every scope, tag and way to sign in is declared', () => {
  const { components, tags } = openapi.parse(document);
  for (const [path, method, one] of described()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = one.parameters.flatMap((p) => ('in' in p && p.in === 'path' ? [p.name] : []));
    expect([path, method, declared.toSorted((a, b) => a.localeCompare(b))]).toEqual([
      path,
      method,
      inPath.toSorted((a = '', b = '') => a.localeCompare(b)),
    ]);
    for (const scheme of one.security.flatMap((requirement) => Object.keys(requirement)))
      expect(Object.keys(components.securitySchemes)).toContain(scheme);
    for (const tag of one.tags) expect(tags.map(({ name }) => name)).toContain(tag);
    if (method === 'get') expect(one.requestBody).toBeUndefined();
  }
});

test('writes take a key against doing twice, lists say their pages, and what no token may do says so', () => {
  const byId = new Map(described().map(([, , one]) => [one.operationId, one]));
  expect(byId.get('contacts.create')?.parameters).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' });
  expect(byId.get('contacts.create')?.security).toEqual([{ token: ['contacts:write'] }, { session: [] }]);
  const names = byId.get('contacts.list')?.parameters.flatMap((p) => ('name' in p ? [p.name] : []));
  expect(names).toEqual(expect.arrayContaining(['page', 'limit', 'sortBy', 'sortOrder', 'search']));
  expect(JSON.stringify(byId.get('contacts.list')?.responses['200'])).toContain('"total"');
  expect(byId.get('members.invite')?.security).toEqual([{ session: [] }]);
});

test('PUT stands beside PATCH, and everything again below /crm', () => {
  const all = new Set(described().map(([path, method]) => `${method} ${path}`));
  for (const route of ['patch /contacts/{id}', 'put /contacts/{id}', 'put /crm/contacts/{id}', 'get /crm/contacts'])
    expect(all).toContain(route);
  expect(all.has('put /profile')).toBe(true);
});
