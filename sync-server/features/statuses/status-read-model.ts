import { and, eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Act } from '../../db/act.ts';
import type { Tx } from '../../db/tx.ts';
import { leadStatuses } from './status-table.ts';

type KnownStatus = { id: string; key: string; name: string; isActive: boolean };

/** The statuses of a tenant by key. */
export async function findStatuses(tx: Tx, tenantId: string): Promise<Map<string, KnownStatus>> {
  const { id, key, name, isActive } = leadStatuses;
  const rows = await tx
    .select({ id, key, name, isActive })
    .from(leadStatuses)
    .where(eq(leadStatuses.tenantId, tenantId));
  return new Map(rows.map((row) => [row.key, row]));
}

/**
 * Throws `invalid_input` for a status that contacts cannot be given: there is none with this key, or it is not in use any more.
 * One that can is kept from deletion until the act is done.
 */
export async function assertStatusCanBeGiven(
  { tx, tenantId }: Pick<Act, 'tx' | 'tenantId'>,
  key: string | null | undefined,
): Promise<void> {
  if (!key) return;
  const [status] = await tx
    .select({ name: leadStatuses.name, isActive: leadStatuses.isActive })
    .from(leadStatuses)
    .where(and(eq(leadStatuses.tenantId, tenantId), eq(leadStatuses.key, key)))
    .for('key share');
  if (status?.isActive) return;
  const problem = status ? `The status “${status.name}” is not in use any more` : `There is no lead status “${key}”`;
  throw new AppError('invalid_input', `${problem}. Nothing was changed; choose another.`, {
    fields: { leadStatus: problem },
  });
}
