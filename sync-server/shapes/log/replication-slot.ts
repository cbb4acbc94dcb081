import pg from 'pg';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { EPOCH_SQL } from '../database-epoch.ts';

const WAITS_FOR_A_DEAD_OWNER = 20;

/** Of one database: publication and slot both carry `name`. */
export type SlotOptions = { readonly name: string; readonly tables: readonly string[] };

type Slot = { confirmed: string; lost: boolean; active: boolean };

/** Where a slot stands. `isNew`: it begins at `start`, and what came before is only in snapshots. */
export type OpenSlot = { name: string; epoch: string; isNew: boolean; start: bigint };

/**
 * Publishes `tables` (full names) and finds the slot of this database, or makes it. A slot is made anew when it is lost, when the
 * database is another one (see EPOCH_SQL) or went back in time, or when the slot is further than `journal`, what the caller has
 * on disk: each would leave a gap. Rejects with `conflict` while another process holds it.
 */
export async function openSlot(
  pool: pg.Pool,
  { name: base, tables }: SlotOptions,
  journal: { epoch: string; end: bigint },
): Promise<OpenSlot> {
  await publish(pool, base, tables);
  const { rows } = await pool.query<{ epoch: string; oid: string; now: string }>(
    `select (${EPOCH_SQL}) as epoch, (pg_current_wal_lsn() - '0/0'::pg_lsn)::text as now,
            (select oid::text from pg_database where datname = current_database()) as oid`,
  );
  const { epoch = '', oid = '0', now = '0' } = rows[0] ?? {};
  // Slots belong to the cluster, which may hold several of our databases.
  const name = `${base}_${oid}`;
  const slot = await readSlot(pool, name);
  if (slot?.active)
    throw new AppError('conflict', 'Another server process already follows this database with the embedded shape log.');
  const isSame = epoch === journal.epoch && BigInt(now) >= journal.end;
  if (slot && isSame && !slot.lost && BigInt(slot.confirmed) <= journal.end)
    return { name, epoch, isNew: false, start: BigInt(slot.confirmed) };
  if (slot) await pool.query('select pg_drop_replication_slot($1)', [name]);
  await pool.query(`select pg_create_logical_replication_slot($1, 'pgoutput')`, [name]);
  const made = await readSlot(pool, name);
  return { name, epoch, isNew: true, start: BigInt(made?.confirmed ?? '0') };
}

/**
 * Adds a table to the publication and makes its old rows travel whole. Both in one transaction that waits for writers, so that
 * a snapshot taken afterwards and the stream leave nothing out.
 */
export async function publishTable(pool: pg.Pool, publication: string, table: string): Promise<void> {
  const client = await pool.connect();
  try {
    const { rowCount } = await client.query(
      `select 1 from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
        where p.pubname = $1 and r.prrelid = $2::regclass`,
      [publication, table],
    );
    if (rowCount) return;
    await client.query('begin');
    await client.query(`alter table ${table} replica identity full`);
    await client.query(`alter publication ${publication} add table ${table}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function publish(pool: pg.Pool, name: string, tables: readonly string[]): Promise<void> {
  const { rowCount } = await pool.query('select 1 from pg_publication where pubname = $1', [name]);
  if (!rowCount) await pool.query(`create publication ${name}`);
  if (tables.length > 0) await pool.query(`alter publication ${name} set table ${tables.join(', ')}`);
}

/** A slot in use may be a killed process' that the database has not noticed yet: it is looked at again for five seconds. */
async function readSlot(pool: pg.Pool, name: string): Promise<Slot | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const { rows } = await pool.query<Slot>(
      `select (confirmed_flush_lsn - '0/0'::pg_lsn)::text as confirmed, wal_status = 'lost' as lost, active
         from pg_replication_slots where slot_name = $1`,
      [name],
    );
    if (!rows[0]?.active || attempt === WAITS_FOR_A_DEAD_OWNER) return rows[0];
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
