import type { Replica } from '../replica/open-replica.ts';
import { REPLICA_TABLES } from '../replica/replica-schema.ts';

/** Until the migration of the same tables is here. */
export function ensureLocalTables({ db }: Pick<Replica, 'db'>): void {
  db.exec('CREATE TABLE IF NOT EXISTS local_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID');
  db.exec('CREATE TABLE IF NOT EXISTS replica_owner (user_id TEXT NOT NULL, tenant_id TEXT NOT NULL) STRICT');
  const denied = db.prepare(`SELECT 1 FROM pragma_table_info('stream') WHERE name = 'denied'`).get();
  if (!denied) db.exec('ALTER TABLE stream ADD COLUMN denied INTEGER NOT NULL DEFAULT 0');
  const cells = REPLICA_TABLES.find(({ name }) => name === 'messages')?.columns.filter((c) => c !== 'id') ?? [];
  db.exec(
    `CREATE TABLE IF NOT EXISTS older_messages (rid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ${cells.map((c) => `${c} ${c.endsWith('_at') ? 'INTEGER' : 'TEXT'}`).join(', ')}, used_at INTEGER NOT NULL) STRICT`,
  );
}
