import { sql } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import type { Seal } from '../../db/sealed.ts';
import { subscribe, type Subscriber } from '../../events/event.ts';
import { hashesOf, type Addresses } from './suppression-read-model.ts';

/** Remembers that nobody is to write to these addresses, without remembering the addresses. */
export async function suppress(act: Act, seal: Seal, of: Addresses, optedOutAt: number): Promise<void> {
  const hashes = hashesOf(act, seal, of);
  await act.tx.execute(sql`
    insert into suppressions (tenant_id, address_hash, opted_out_at, created_at)
    select ${act.tenantId}::uuid, h, ${iso(optedOutAt)}::timestamptz, ${iso(act.now)}::timestamptz
    from unnest(${sql.param(hashes)}::text[]) as h on conflict do nothing`);
}

/** A contact that comes back, by an import or by hand, or gets such an address later, is opted out from then on. */
export const keepSuppressed = (seal: Seal): readonly Subscriber[] => [
  subscribe('contacts.added', (act, { contactIds }) => optOutAgain(act, seal, contactIds)),
  subscribe('contacts.readdressed', (act, { contactIds }) => optOutAgain(act, seal, contactIds)),
];

async function optOutAgain(act: Act, seal: Seal, contactIds: readonly string[]): Promise<void> {
  const { tx, tenantId } = act;
  const { rowCount } = await tx.execute(sql`select from suppressions where tenant_id = ${tenantId} limit 1`);
  if (!rowCount) return;
  const { rows } = await tx.execute<Addresses & { id: string }>(sql`
      select id, phone, email from contacts
      where tenant_id = ${tenantId} and id = any(${sql.param([...contactIds])}::uuid[]) and (phone is not null or email is not null)`);
  const pairs = rows.flatMap(({ id, ...of }) => hashesOf(act, seal, of).map((hash) => ({ id, hash })));
  const changed = await tx.execute<{ id: string }>(sql`
      update contacts c set opted_out_at = s.opted_out_at
      from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p(id uuid, hash text)
      join suppressions s on s.tenant_id = ${tenantId} and s.address_hash = p.hash
      where c.id = p.id and c.opted_out_at is null returning c.id`);
  for (const id of new Set(changed.rows.map((row) => row.id)))
    act.audit({ action: 'contacts.optOut', entity: 'contact', entityId: id, after: { suppressed: true } });
}

const iso = (ms: number): string => new Date(ms).toISOString();
