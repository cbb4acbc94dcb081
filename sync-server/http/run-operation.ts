import { AppError } from '../../shared/kernel/app-error.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import { hasRole } from '../../shared/protocol/role.ts';
import type { Act, BoundVerb } from '../db/act.ts';
import { invalidInput } from './error-reply.ts';

export type Verbs = ReadonlyMap<string, BoundVerb>;

/** Verbs by the name of their operation. Throws when an operation has no verb or two, so that a gap cannot reach a user. */
export function collectVerbs(operations: readonly { readonly name: string }[], lists: readonly BoundVerb[][]): Verbs {
  const verbs = new Map<string, BoundVerb>();
  for (const bound of lists.flat()) {
    if (verbs.has(bound.operation.name)) throw new Error(`two verbs for ${bound.operation.name}`);
    // Nothing but REST prepares: push, agents and undo would run it with nothing in its hands.
    if (bound.prepare && (!bound.operation.online || bound.operation.agent))
      throw new Error(`${bound.operation.name} asks an outside system, so it is to be online and for no agent`);
    verbs.set(bound.operation.name, bound);
  }
  for (const { name } of operations) if (!verbs.has(name)) throw new Error(`no verb for ${name}`);
  return verbs;
}

/** The input an operation accepts from this caller, or the refusal: `forbidden` first, then `invalid_input`. */
export function admit(operation: Operation, role: Act['role'], input: unknown): unknown {
  if (!hasRole(role, operation.role))
    throw new AppError(
      'forbidden',
      `Your role (${role}) may not do this; it takes ${operation.role} or more. Nothing was changed.`,
      { role, needed: operation.role },
    );
  const parsed = operation.input.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}
