import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { AppError } from '../../shared/kernel/app-error.ts';
import { hasScope, scopeOf } from '../../shared/people/token-scope.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import { hasRole } from '../../shared/protocol/role.ts';
import type { BoundVerb, Perform } from '../db/act.ts';
import { toAppError } from '../db/database-error.ts';
import type { Seal } from '../db/sealed.ts';
import type { ApiCaller } from '../http/authenticate.ts';
import { assertScope } from '../http/bind-operations.ts';
import { admit, type Verbs } from '../http/run-operation.ts';
import { askConfirmation, takeConfirmation } from './confirmations.ts';

export type AgentParts = {
  verbs: Verbs;
  perform: Perform;
  seal: Seal;
  onFault: (error: unknown, operation: string) => void;
};

/** Tool names may hold no dots. */
export const toToolName = (operation: string): string => operation.replaceAll('.', '_');

/** The tools that this caller has: what is offered to agents, within the role and the scopes. */
export const toolsOf = (verbs: Verbs, caller: ApiCaller): Tool[] =>
  [...verbs.values()].filter(({ operation }) => mayUse(operation, caller)).map(({ operation }) => describe(operation));

function mayUse(operation: Operation, { role, token }: ApiCaller): boolean {
  const scope = scopeOf(operation);
  return (
    operation.agent === true &&
    scope !== null &&
    hasRole(role, operation.role) &&
    (token === null || hasScope(token.scopes, scope))
  );
}

const CONFIRMATION = {
  type: 'string',
  description:
    'Leave it out first: the answer tells what would happen. Show that to the person, and only when they agree call again with the same input and the confirmation from that answer.',
};

function describe(operation: Operation): Tool {
  const { $schema: _, ...schema } = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' });
  const isWrite = operation.kind === 'command';
  const properties = {
    ...(schema.properties as Record<string, object> | undefined),
    ...(isWrite ? { confirmation: CONFIRMATION } : {}),
  };
  return {
    name: toToolName(operation.name),
    title: operation.summary,
    description: isWrite
      ? `${operation.summary} Changes data, so it is done on the second call only, after a person has agreed.`
      : operation.summary,
    inputSchema: { ...schema, type: 'object', properties } as Tool['inputSchema'],
    annotations: {
      readOnlyHint: !isWrite,
      destructiveHint: /\.(delete|remove)/.test(operation.name),
      openWorldHint: operation.name === 'messages.send',
    },
  };
}

/** Runs a tool. What is refused is an answer that the agent can read; only a fault of ours is none. */
export async function callTool(
  parts: AgentParts,
  caller: ApiCaller,
  name: string,
  given: Record<string, unknown>,
): Promise<CallToolResult> {
  const bound = [...parts.verbs.values()].find(({ operation }) => toToolName(operation.name) === name);
  try {
    if (!bound || bound.operation.agent !== true)
      throw new AppError('not_found', `There is no tool “${name}”. Nothing was done.`);
    assertScope(bound.operation, caller);
    const { confirmation, ...input } = given;
    const admitted = admit(bound.operation, caller.role, bound.operation.kind === 'query' ? given : input);
    if (bound.operation.kind === 'query') return told(await parts.perform(caller, (act) => bound.run(act, admitted)));
    return typeof confirmation === 'string'
      ? told({ done: true, result: await runConfirmed(parts, caller, bound, admitted, confirmation) })
      : told(await rehearse(parts, caller, bound, admitted));
  } catch (error) {
    const known = toAppError(error);
    if (known.code === 'internal') parts.onFault(error, name);
    return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: known.toBody() }) }] };
  }
}

const told = (answer: unknown): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(answer) }],
  structuredContent: answer as Record<string, unknown>,
});

/** Thrown to take back what was only tried. */
class Rehearsed extends Error {}

/** Does it in a transaction that is rolled back: an act that would be refused is refused now, and nothing has happened. */
async function rehearse({ perform, seal }: AgentParts, caller: ApiCaller, bound: BoundVerb, input: unknown) {
  const { operation } = bound;
  await perform(caller, async (act) => {
    await bound.run(act, input);
    throw new Rehearsed();
  }).catch((error: unknown) => {
    if (!(error instanceof Rehearsed)) throw error;
  });
  const confirmation = await askConfirmation(perform, seal, caller, [operation.name, input]);
  return {
    done: false,
    wouldDo: { operation: operation.name, summary: operation.summary, input },
    message:
      'Nothing has happened yet. Tell the person what this would do. When they agree, call the tool again with the same input and this confirmation.',
    ...confirmation,
  };
}

const runConfirmed = (
  { perform, seal }: AgentParts,
  caller: ApiCaller,
  { operation, run }: BoundVerb,
  input: unknown,
  confirmation: string,
): Promise<unknown> =>
  perform(caller, async (act) => {
    await takeConfirmation(act, seal, caller, confirmation, [operation.name, input]);
    return run(act, input);
  });
