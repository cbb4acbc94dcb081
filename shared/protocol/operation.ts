import type { z } from 'zod';
import type { Patch, PatchContext } from './patch.ts';
import type { Role } from './role.ts';

/** An HTTP face of an operation, below `/api`. Parameters in the path (`:id`) are merged into the input. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
};

/**
 * A named, typed, permission-checked act, declared once. From this one declaration come the desktop's optimistic command,
 * the push handler, the REST routes with their aliases, the OpenAPI entry and the agent's tool.
 * The declaration holds no logic of the act itself: that is a verb on the server.
 */
export type Operation<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Kind extends 'command' | 'query' = 'command' | 'query',
  Online extends boolean = boolean,
> = {
  readonly name: Name;
  /** A `command` changes data and may be queued offline. A `query` only reads, over REST; desktops read their replica. */
  readonly kind: Kind;
  /** One sentence for people and agents. */
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  /** The weakest role that may do it. */
  readonly role: Role;
  /** The first route is the canonical one, the rest are aliases. */
  readonly routes: readonly Route[];
  /**
   * Where a person may choose any number of rows: the input that names them. Desktops send such an act in parts of as many rows as the
   * input allows, in the order of their ids; to people it is one act.
   */
  readonly bulk?: { readonly field: string };
  /** Its answer is the point of it (a link, a secret), or it must not wait: called over REST at once, never queued, refused by push. */
  readonly online?: Online;
  /** A query whose answer over REST is a file of this type, sent as it is made; `output` is its text. */
  readonly file?: string;
  /** Offered to AI agents over MCP; a command is confirmed by a person first. */
  readonly agent?: true;
  /** What the desktop shows at once. Commands without it (answers that only the server has) change nothing until they sync. */
  readonly patches?: (input: z.output<Input>, context: PatchContext) => readonly Patch[];
};

export const operation = <
  const Name extends string,
  Input extends z.ZodType,
  Output extends z.ZodType,
  const Kind extends 'command' | 'query',
  const Online extends boolean = false,
>(
  declaration: Operation<Name, Input, Output, Kind, Online>,
): Operation<Name, Input, Output, Kind, Online> => declaration;

export type InputOf<O> = O extends Operation<string, infer I, z.ZodType> ? z.output<I> : never;
export type OutputOf<O> = O extends Operation<string, z.ZodType, infer R> ? z.output<R> : never;
