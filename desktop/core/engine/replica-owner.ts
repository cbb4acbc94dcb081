import { existsSync } from 'node:fs';
import type { Identity } from '../../../shared/auth/auth-requests.ts';
import type { Replica } from '../replica/open-replica.ts';
import { openDatabase, type ReplicaPlace } from '../replica/sealed-database.ts';
import { isDamaged } from './carry-over.ts';

type Owner = Pick<Identity, 'userId' | 'tenantId'>;

/** Whose replica a file is, read before anything in it is touched. Null when it does not say or cannot be read. */
export function findOwner({ file, key }: ReplicaPlace): Owner | null {
  if (!existsSync(file)) return null;
  try {
    const db = openDatabase(file, key, { readonly: true });
    try {
      const stamped = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'replica_owner'`).get();
      if (!stamped) return null;
      const owner = db.prepare('SELECT user_id AS userId, tenant_id AS tenantId FROM replica_owner').get();
      return (owner as Owner | undefined) ?? null;
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamaged(error)) return null;
    throw error;
  }
}

/** Writes down whose replica this is, once. */
export function stampOwner(replica: Replica, { userId, tenantId }: Owner): void {
  replica.tx(() => {
    if (replica.sql('SELECT 1 FROM replica_owner').get()) return;
    replica.sql('INSERT INTO replica_owner VALUES (?, ?)').run(userId, tenantId);
  });
}
