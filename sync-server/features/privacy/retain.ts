import { rm } from 'node:fs/promises';
import { isNotNull, sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Retention } from '../../../shared/workspace/settings-operations.ts';
import { systemOf, type Act, type Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import { DAY_MS } from '../../db/prune-table.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import { tenants } from '../workspace/tenant-table.ts';
import { exportFile } from './export-file.ts';

export const RETAIN: JobKind = {
  name: 'privacy.retain',
  retryLimit: 3,
  retryDelaySeconds: 60,
  concurrency: 1,
  cron: '50 3 * * *',
};

/** Few enough that nobody waits for their locks. */
const SLICE = 2_000;
/** Whatever a setting says, who did what stays for a year. */
const LEAST_AUDIT_DAYS = 365;

type Parts = { pool: Pool; perform: Perform; dataDir: string; now: () => number };

/** Every night: what a workspace does not want kept any longer goes, and the audit log says how much of it. Files of exports expire. */
export const retain = ({ pool, perform, dataDir, now }: Parts): JobDefinition => ({
  kind: RETAIN,
  async run(_data, { signal }) {
    await dropExpiredFiles(pool, dataDir, now());
    const db = drizzle(pool);
    const wanting = await db
      .select({ id: tenants.id, retention: tenants.retention })
      .from(tenants)
      .where(isNotNull(tenants.retention));
    const failed: unknown[] = [];
    for (const { id, retention } of wanting)
      if (retention && !signal.aborted)
        // One at which it fails stands in the way of no other.
        await keepFor(id, retention, { perform, now, signal }).catch((error: unknown) => failed.push(error));
    if (failed.length)
      throw new Error(`failed in ${failed.length} of ${wanting.length} workspaces`, { cause: failed[0] });
  },
});

async function keepFor(
  id: string,
  retention: Retention,
  { perform, now, signal }: Pick<Parts, 'perform' | 'now'> & { signal: AbortSignal },
): Promise<void> {
  const { messageDays, auditDays, notificationDays, visitDays = null } = retention;
  for (const [what, days, drop] of [
    ['messages', messageDays, dropMessages],
    ['notifications', notificationDays, dropNotifications],
    ['visits', visitDays, dropVisits],
    ['audit', auditDays === null ? null : Math.max(LEAST_AUDIT_DAYS, auditDays), dropAudit],
  ] as const) {
    if (days === null) continue;
    const before = new Date(now() - days * DAY_MS).toISOString();
    let count = SLICE;
    while (count === SLICE && !signal.aborted)
      // Each slice says for itself how much went, in its own transaction: the next one may never come.
      count = await perform(systemOf(id), async (act) => {
        const gone = await drop(act, before);
        const after = { [what]: gone, retention };
        if (gone > 0) act.audit({ action: 'privacy.retain', entity: 'tenant', entityId: id, after });
        return gone;
      });
  }
}

/** A conversation whose newest message goes keeps no words of it either. */
async function dropMessages(act: Act, before: string): Promise<number> {
  const count = await dropRows(act, 'messages', sql`created_at < ${before}::timestamptz`);
  await act.tx.execute(sql`
    update conversations set last_message_preview = null
    where tenant_id = ${act.tenantId} and last_message_at < ${before}::timestamptz and last_message_preview is not null`);
  return count;
}

const dropNotifications = (act: Act, before: string): Promise<number> =>
  dropRows(act, 'notifications', sql`status <> 'UNREAD' and created_at < ${before}::timestamptz`);

const dropVisits = (act: Act, before: string): Promise<number> =>
  dropRows(act, 'contact_visits', sql`at < ${before}::timestamptz`);

async function dropAudit(act: Act, before: string): Promise<number> {
  await act.tx.execute(sql`select set_config('switchboard.audit_change', 'retention', true)`);
  return dropRows(act, 'audit_log', sql`at < ${before}::timestamptz`);
}

async function dropRows({ tx, tenantId }: Act, table: string, isOver: SQL): Promise<number> {
  const name = sql.identifier(table);
  const { rowCount } = await tx.execute(sql`
    delete from ${name} where ctid = any(array(
      select ctid from ${name} where tenant_id = ${tenantId} and ${isOver} limit ${SLICE}))`);
  return rowCount ?? 0;
}

/** First the file: a row without one can be asked for in vain, a file without a row would stay for ever. */
async function dropExpiredFiles(pool: Pool, dataDir: string, now: number): Promise<void> {
  const at = new Date(now).toISOString();
  const { rows } = await pool.query<{ id: string }>('select id from data_exports where expires_at <= $1', [at]);
  for (const { id } of rows) await rm(exportFile(dataDir, id), { force: true });
  await pool.query('delete from data_exports where id = any($1)', [rows.map(({ id }) => id)]);
}
