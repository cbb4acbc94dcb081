import type { Client } from '../pool.ts';

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
  trace_id: string | null;
  contact_id: string | null;
  records: number;
  /** What takes it back, `{name, input}`. */
  undo: unknown;
  undoes: string | null;
  /** Of a slice: that of the whole act. */
  unit: string | null;
  /** The write, job or request it was done in: what acts of one kind go together by. */
  together: string;
  at: string;
};

/** Acts that are nobody’s business but the person’s and the administrators’, or of no interest: they are in the audit log only. */
const UNSEEN = '^(auth|security|tokens|devices|profile|notifications|privacy|activity)[.]|^imports[.](addRows|finish)$';
/** Everybody sees that it was done; what it says (addresses, what an outside system answered) is for administrators. */
const ADMINISTRATIVE = '^(members|invitations|integrations|jobs)[.]';
/** What desktops need not carry: large values stay in the audit log. */
const MOST_CHARACTERS = 4_000;

// Prepared once a connection: every act comes by here. JSON's null and no value are the same to the log. What members did is told
// to desktops too, for a while.
const INSERT = {
  name: 'audit',
  text: `with r as (
           select * from jsonb_to_recordset($1::jsonb) as r(id uuid, tenant_id uuid, user_id uuid, device_id uuid, action text,
             entity text, entity_id uuid, before jsonb, after jsonb, trace_id text, contact_id uuid, records integer, undo jsonb,
             undoes uuid, unit uuid, together uuid, at timestamptz)
         ), shown as (
           insert into acts (id, tenant_id, user_id, device_name, action, entity, entity_id, contact_id, records, before, after,
             undoable, undo, unit, at)
           select r.id, r.tenant_id, r.user_id, d.name, r.action, r.entity, r.entity_id, r.contact_id, r.records,
             case when length(r.before::text) <= ${MOST_CHARACTERS} and r.action !~ '${ADMINISTRATIVE}' then nullif(r.before, 'null') end,
             case when length(r.after::text) <= ${MOST_CHARACTERS} and r.action !~ '${ADMINISTRATIVE}' then nullif(r.after, 'null') end,
             jsonb_typeof(r.undo) = 'object' is true,
             case when length(r.undo::text) <= ${MOST_CHARACTERS} then nullif(r.undo, 'null') end,
             coalesce(r.unit, r.together), r.at
           from r left join devices d on d.user_id = r.user_id and d.id = r.device_id
           where r.user_id is not null and r.action !~ '${UNSEEN}'
         )
         insert into audit_log (id, tenant_id, user_id, device_id, action, entity, entity_id, before, after, trace_id, contact_id,
           records, undo, undoes, unit, at)
         select id, tenant_id, user_id, device_id, action, entity, entity_id, nullif(before, 'null'), nullif(after, 'null'), trace_id,
           contact_id, records, nullif(undo, 'null'), undoes, unit, at from r`,
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
  /** Whether anything was added, taken back or not. */
  isUsed = false;

  constructor(client: Client) {
    this.client = client;
  }

  add(row: AuditRow): void {
    this.isUsed = true;
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
