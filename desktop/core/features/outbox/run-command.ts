import type { z } from 'zod';
import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { findOperation } from '../../../../shared/catalog/operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import type { Operation } from '../../../../shared/protocol/operation.ts';
import { hasRole } from '../../../../shared/protocol/role.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { writeLocally } from '../../sync/local-write.ts';
import { marksOf } from './write-marks.ts';

/** Applies an operation to the replica and queues it for the server. Durable when it answers. */
export function runCommand(
  replica: Replica,
  identity: Identity,
  /** `unit` where it is a slice of a larger act, `chained` where it is worth nothing without the earlier ones of its unit. */
  command: { name: string; input: unknown; unit?: string; chained?: boolean },
  now: number,
): { writeId: string; id: string | null } {
  const operation = getCommand(command.name);
  if (!hasRole(identity.role, operation.role))
    throw new AppError(
      'forbidden',
      `Your role (${identity.role.toLowerCase()}) may not do this. Nothing was changed. Ask somebody with the role ${operation.role.toLowerCase()} or above.`,
    );
  const input = parseInput(operation, command.input);
  const writeId = newId<'write'>();
  const { userId, tenantId } = identity;
  const patches = operation.patches?.(input, { now, userId, tenantId }) ?? [];
  const { id } = (input ?? {}) as { id?: string };
  const unit = command.name.startsWith('imports.') ? (id ?? writeId) : (command.unit ?? writeId);
  const marks = marksOf(input, patches);
  const chained = command.chained ?? false;
  writeLocally(replica, { writeId, name: command.name, input, madeAt: now, unit, chained, patches, marks });
  return { writeId, id: id ?? null };
}

function getCommand(name: string): Operation {
  const operation = findOperation(name);
  if (!operation || operation.kind !== 'command')
    throw new AppError('not_found', `Switchboard does not know the command “${name}”.`);
  return operation;
}

/** Ids that the input lacks are made here, so that an offline row has its final id from the start. */
function parseInput(operation: Operation, input: unknown): unknown {
  const shape = (operation.input as z.ZodObject).shape as Record<string, unknown> | undefined;
  const whole =
    shape && 'id' in shape && (input as { id?: unknown } | null)?.id === undefined
      ? { ...(input as object), id: newId() }
      : input;
  const parsed = operation.input.safeParse(whole);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('invalid_input', `${issue?.message ?? 'This is not valid'}. Nothing was changed.`, {
    field: issue?.path.join('.'),
    issues: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
  });
}
