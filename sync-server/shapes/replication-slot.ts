import pg from 'pg';
import { AppError } from '../../shared/kernel/app-error.ts';

export const PUBLICATION = 'switchboard_shapes';
const WAITS_FOR_A_DEAD_OWNER = 20;

type Slot = { confirmed: string; lost: boolean; active: boolean; system: string };

/** Where a slot stands. `isNew`: it begins now, and what came before is only in snapshots. */
export type OpenSlot = { name: string; system: string; isNew: boolean };

/**
 * Publishes `tables` and finds the slot of this database, or makes it. A slot that is lost, of another cluster, or further than
 * `journal` (what the caller has on disk) would leave a gap: it is made anew. Rejects with `conflict` while another process holds it.
 */
export async function openSlot(
  pool: pg.Pool,
  tables: readonly string[],
  journal: { system: string; end: bigint },
): Promise<OpenSlot> {
  await publish(pool, tables);
  // Slots belong to the cluster, which may hold several of our databases.
  const { rows } = await pool.query<{ oid: string }>(
    'select oid::text from pg_database where datname = current_database()',
  );
  const name = `switchboard_shapes_${rows[0]?.oid ?? '0'}`;
  const slot = await readSlot(pool, name);
  if (slot?.active)
    throw new AppError('conflict', 'Another server process already follows this database with the embedded shape log.');
  if (slot && !slot.lost && slot.system === journal.system && BigInt(slot.confirmed) <= journal.end)
    return { name, system: slot.system, isNew: false };
  if (slot) await pool.query('select pg_drop_replication_slot($1)', [name]);
  await pool.query(`select pg_create_logical_replication_slot($1, 'pgoutput')`, [name]);
  return { name, system: (await readSlot(pool, name))?.system ?? '', isNew: true };
}

async function publish(pool: pg.Pool, tables: readonly string[]): Promise<void> {
  const { rowCount } = await pool.query('select 1 from pg_publication where pubname = $1', [PUBLICATION]);
  const verb = rowCount ? `alter publication ${PUBLICATION} set` : `create publication ${PUBLICATION} for`;
  await pool.query(`${verb} table ${tables.map((table) => pg.escapeIdentifier(table)).join(', ')}`);
}

/** A slot in use may be a killed process' that the database has not noticed yet: it is looked at again for five seconds. */
async function readSlot(pool: pg.Pool, name: string): Promise<Slot | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const { rows } = await pool.query<Slot>(
      `select (confirmed_flush_lsn - '0/0'::pg_lsn)::text as confirmed, wal_status = 'lost' as lost, active,
              (select system_identifier::text from pg_control_system()) as system
         from pg_replication_slots where slot_name = $1`,
      [name],
    );
    if (!rows[0]?.active || attempt === WAITS_FOR_A_DEAD_OWNER) return rows[0];
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
