import type { Client } from './pool.ts';

/** A row of the audit log as it is stored. */
export type AuditRow = {
  id: string;
  tenant_id: string;
  user_id: string | null;
  device_id: string | null;
  action: string;
  entity: string;
  entity_id: string | null;
  before: unknown;
  after: unknown;
  at: string;
};

const COLUMNS = 'id, tenant_id, user_id, device_id, action, entity, entity_id, before, after, at';

// Prepared once a connection: every act comes by here. JSON's null and no value are the same to the log.
const INSERT = {
  name: 'audit',
  text: `insert into audit_log (${COLUMNS})
         select id, tenant_id, user_id, device_id, action, entity, entity_id, nullif(before, 'null'), nullif(after, 'null'), at
         from jsonb_to_recordset($1::jsonb) as r(id uuid, tenant_id uuid, user_id uuid, device_id uuid, action text,
           entity text, entity_id uuid, before jsonb, after jsonb, at timestamptz)`,
};

/**
 * The audit rows of a transaction that holds several writes, stored in one statement at its end. Each write is either kept or
 * taken back; taking back forgets its rows, and holds those of earlier writes again which the rolled back savepoint had stored.
 */
export class AuditBuffer {
  private readonly client: Client;
  private kept: AuditRow[] = [];
  private current: AuditRow[] = [];
  private storedInWrite: AuditRow[] = [];

  constructor(client: Client) {
    this.client = client;
  }

  add(row: AuditRow): void {
    this.current.push(row);
  }

  keepWrite(): void {
    this.kept.push(...this.current);
    this.current = [];
    this.storedInWrite = [];
  }

  takeBackWrite(): void {
    this.kept = [...this.storedInWrite, ...this.kept];
    this.current = [];
    this.storedInWrite = [];
  }

  /** Stores what is held. To be awaited before the log is read, and at the end. */
  async store(): Promise<void> {
    const rows = [...this.kept, ...this.current];
    if (!rows.length) return;
    await this.client.query({ ...INSERT, values: [JSON.stringify(rows)] });
    this.storedInWrite.push(...this.kept);
    this.kept = [];
    this.current = [];
  }
}
