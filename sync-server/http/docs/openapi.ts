import { z } from 'zod';
import { answersList, CRM_PREFIX, restRoutes } from '../../../shared/catalog/rest-routes.ts';
import { scopeOf, TOKEN_SCOPES } from '../../../shared/people/token-scope.ts';
import { APP_VERSION } from '../../../shared/protocol/app-version.ts';
import type { Operation, Route } from '../../../shared/protocol/operation.ts';
import { IDEMPOTENCY_HEADER } from '../idempotency.ts';

type Json = Record<string, unknown>;

const ERRORS = {
  400: ['InvalidInput', 'Something in the request is wrong; `details.fields` names each field. Nothing was changed.'],
  401: ['Unauthenticated', 'No valid token came with the request; `details.reason` says why.'],
  403: ['Forbidden', 'The role of the caller, or a scope of the token, is not enough. Nothing was changed.'],
  404: ['NotFound', 'There is no such thing in this workspace.'],
  409: [
    'Conflict',
    'It does not fit what is there, or the idempotency key was used for another request. Nothing was changed.',
  ],
  422: ['NotAllowedNow', 'A rule of the product forbids it now. Nothing was changed.'],
  429: ['LimitReached', 'Too many requests, or a limit of the workspace. `Retry-After` says when to come again.'],
  503: ['Unavailable', 'The server cannot do it at the moment. Nothing was changed; try again later.'],
} as const;

/** The OpenAPI 3.1 description of everything that REST offers, made from the declarations alone. */
export function createOpenApi(operations: readonly Operation[]): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const routes = restRoutes(operation);
    routes.forEach((route, i) => {
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(operation, route, i, routes[0]) };
    });
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Switchboard',
      version: APP_VERSION,
      description: [
        'Every operation of the product. Send `Authorization: Bearer` with an access token (Settings, Access tokens; they begin with `swb_`).',
        `Answers are \`{data}\`, lists \`{data, page, limit, total}\`, refusals \`{error: {code, message, details}}\`. Every operation answers below \`/api${CRM_PREFIX}\` as well, and PUT where PATCH does. Fields that are not sent stay as they are.`,
        `A write may carry \`${IDEMPOTENCY_HEADER}\`: sent again with the same key within a day it gets the same answer and is done once.`,
        'Each workspace has 100 requests a minute, and 100 more in a burst; the `RateLimit` headers say what is left.',
      ].join('\n\n'),
    },
    servers: [{ url: '/api' }],
    tags: [...new Set(operations.map(tagOf))].toSorted().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: `An access token. Scopes: ${TOKEN_SCOPES.join(', ')}.` },
        session: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of a signed-in person, 15 minutes long (`POST /api/auth/sign-in`).',
        },
      },
      parameters: {
        IdempotencyKey: {
          name: IDEMPOTENCY_HEADER,
          in: 'header',
          description: 'Up to 200 visible characters of your choice, one for each write.',
          schema: { type: 'string', pattern: '^[!-~]{1,200}$' },
        },
      },
      headers: Object.fromEntries(
        ['RateLimit-Limit', 'RateLimit-Policy', 'RateLimit-Remaining', 'RateLimit-Reset'].map((name) => [
          name,
          { description: 'See draft-ietf-httpapi-ratelimit-headers-07.', schema: { type: 'string' } },
        ]),
      ),
      schemas: {
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: {
                code: { type: 'string' },
                message: { type: 'string', description: 'For the person who reads it.' },
                details: { type: 'object', additionalProperties: true },
              },
            },
          },
        },
      },
      responses: Object.fromEntries(
        Object.values(ERRORS).map(([name, description]) => [
          name,
          { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        ]),
      ),
    },
  };
}

const tagOf = ({ name }: Operation): string => name.split('.')[0] ?? name;

function describe(operation: Operation, route: Route, index: number, canonical: Route | undefined): Json {
  const scope = scopeOf(operation);
  const { inPath, inQuery, body } = splitInput(operation, route);
  const isWrite = operation.kind === 'command';
  const alias = index > 0 && canonical ? `The same as \`${canonical.method} ${canonical.path}\`.` : null;
  return {
    operationId: index === 0 ? operation.name : `${operation.name}.${index + 1}`,
    tags: [tagOf(operation)],
    summary: operation.summary,
    description: [
      `Takes the role ${operation.role} or more${scope ? ` and, of a token, the scope \`${scope}\`` : '; no access token may do it'}.`,
      ...(alias ? [alias] : []),
    ].join(' '),
    security: scope ? [{ token: [scope] }, { session: [] }] : [{ session: [] }],
    parameters: [...inPath, ...inQuery, ...(isWrite ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : [])],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      200: {
        description: 'Done.',
        headers: Object.fromEntries(
          ['RateLimit-Limit', 'RateLimit-Policy', 'RateLimit-Remaining', 'RateLimit-Reset'].map((name) => [
            name,
            { $ref: `#/components/headers/${name}` },
          ]),
        ),
        content: operation.file
          ? { [operation.file]: { schema: schemaOf(operation.output, 'output') } }
          : { 'application/json': { schema: answerOf(operation) } },
      },
      ...Object.fromEntries(
        Object.entries(ERRORS).map(([status, [name]]) => [status, { $ref: `#/components/responses/${name}` }]),
      ),
    },
    'x-role': operation.role,
    ...(alias ? { 'x-alias-of': operation.name } : {}),
  };
}

function answerOf(operation: Operation): Json {
  const schema = schemaOf(operation.output, 'output');
  return answersList(operation) ? schema : { type: 'object', required: ['data'], properties: { data: schema } };
}

/** What of the input stands in the path, what in the query and what in the body. */
function splitInput(operation: Operation, route: Route): { inPath: Json[]; inQuery: Json[]; body: Json | null } {
  const schema = schemaOf(operation.input, 'input');
  const properties = { ...(schema['properties'] as Record<string, Json> | undefined) };
  const required = (schema['required'] as string[] | undefined) ?? [];
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const { [name]: part = { type: 'string' } } = properties;
    delete properties[name];
    return { name, in: 'path', required: true, schema: part };
  });
  const rest = Object.keys(properties);
  if (route.method === 'GET') {
    const inQuery = rest.map((name) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema: properties[name],
    }));
    return { inPath, inQuery, body: null };
  }
  if (!rest.length) return { inPath, inQuery: [], body: null };
  const needed = required.filter((name) => rest.includes(name));
  return {
    inPath,
    inQuery: [],
    body: { ...schema, properties, ...(needed.length ? { required: needed } : { required: [] }) },
  };
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, $defs: __, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Json;
  return anywhere(schema) as Json;
}

/** A reference within one schema would point elsewhere in the document. What refers to itself is any JSON. */
function anywhere(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(anywhere);
  if (value === null || typeof value !== 'object') return value;
  if ('$ref' in value) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, anywhere(one)]));
}
