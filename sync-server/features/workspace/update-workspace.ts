import { eq, sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import { isSameValue } from '../../../shared/kernel/same-value.ts';
import type { updateWorkspace as operation } from '../../../shared/workspace/settings-operations.ts';
import type { InputOf } from '../../../shared/protocol/operation.ts';
import type { Act, Verb } from '../../db/act.ts';
import { databaseErrorCode } from '../../db/database-error.ts';
import { inSavepoint } from '../../db/tx.ts';
import { tenants } from './tenant-table.ts';

type Settings = InputOf<typeof operation>;

export const updateWorkspace: Verb<typeof operation> = async (act, sent) => {
  await changeSettings(act, sent, 'workspace.update');
  return { id: act.tenantId };
};

/** Writes what was sent and answers the names of what is different now. */
export async function changeSettings(act: Act, sent: Settings, action: string): Promise<string[]> {
  const { tx, tenantId } = act;
  const [row] = await tx.select().from(tenants).where(eq(tenants.id, tenantId)).for('update');
  const tenant = must(row, 'tenant');
  const keys = Object.keys(sent) as (keyof Settings)[];
  const changed = keys.filter((key) => !isSameValue(sent[key] ?? null, tenant[key] ?? null));
  if (!changed.length) return [];
  if (sent.timezone && changed.includes('timezone')) await assertDatabaseKnows(act, sent.timezone);
  const pick = (from: Settings) => Object.fromEntries(changed.map((key) => [key, from[key] ?? null]));
  const before = pick(tenant as Settings);
  await tx.update(tenants).set(pick(sent)).where(eq(tenants.id, tenantId));
  act.audit({
    action,
    entity: 'tenant',
    entityId: tenantId,
    before,
    after: pick(sent),
    undo: { name: 'workspace.putBack', input: before },
  });
  return changed;
}

/** Days are counted in the database too, whose zones are not those of JavaScript to the last one. */
async function assertDatabaseKnows({ tx }: Act, zone: string): Promise<void> {
  try {
    await inSavepoint(tx, () => tx.execute(sql`select now() at time zone ${zone}`));
  } catch (error) {
    if (databaseErrorCode(error) !== '22023') throw error;
    throw new AppError(
      'invalid_input',
      `The time zone ${zone} is not known here. Nothing was changed; choose another.`,
      {
        fields: { timezone: 'Not a time zone' },
      },
    );
  }
}

/** As they were before an act; unlike a person’s input they may be empty. */
export async function putBackSettings(act: Act, before: Settings): Promise<void> {
  await changeSettings(act, before, 'workspace.update');
}
