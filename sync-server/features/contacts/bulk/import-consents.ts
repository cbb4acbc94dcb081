import { sql } from 'drizzle-orm';
import { NO_END } from '../../../../shared/contacts/contact.ts';
import { idFromParts } from '../../../../shared/kernel/ids.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import type { ImportPlan } from './plan-import.ts';

/** An agreement that a file tells with its date is one record, however often the file comes. */
const idOf = ({ contactId, act, purpose, kind, source, givenAt, expiresAt }: ImportPlan['consents'][number]) =>
  idFromParts(contactId, 'imported consent', act, purpose, kind, source ?? '', `${givenAt}`, `${expiresAt ?? ''}`);

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Records what the rows say of agreements, then lets contacts that were there before say what all of their records say. */
export async function recordImported(act: Act, importId: string, plan: ImportPlan): Promise<void> {
  const { tx, tenantId, userId, deviceId, now } = act;
  const records = [
    ...plan.consents.map((one) => ({
      ...one,
      id: idOf(one),
      given_at: iso(one.givenAt),
      expires_at: iso(one.expiresAt),
    })),
    ...plan.optOuts.map(({ contactId, at, reason }) => ({
      id: act.newId(),
      contactId,
      act: 'opted_out',
      reason,
      given_at: iso(at),
    })),
  ];
  if (!records.length) return;
  const cause = JSON.stringify({ kind: 'import', id: importId });
  const made = await tx.execute<{ id: string }>(sql`
    insert into consents (id, tenant_id, contact_id, act, purpose, kind, source, method, reason, given_at, expires_at,
      user_id, device_id, cause, created_at)
    select r.id, ${tenantId}::uuid, r."contactId", r.act, r.purpose, r.kind, r.source, 'import', r.reason, r.given_at,
      r.expires_at, ${userId}::uuid, ${deviceId}::uuid, ${cause}::jsonb, ${iso(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(id uuid, "contactId" uuid, act text, purpose text,
      kind text, source text, reason text, given_at timestamptz, expires_at timestamptz)
    on conflict do nothing returning contact_id as id`);
  const isNew = new Set(plan.create.map(({ id }) => id));
  const known = new Set(made.rows.map(({ id }) => id).filter((id) => !isNew.has(id)));
  if (known.size) await sayWhatHolds(act, [...known]);
}

async function sayWhatHolds({ tx, tenantId, now }: Act, ids: string[]): Promise<void> {
  await tx.execute(sql`
    update contacts c set marketing_consent_until = m.until, automated_consent_until = a.until,
      updated_at = ${nextUpdatedAtSql(now, sql`c.updated_at`)}
    from unnest(${sql.param(ids)}::uuid[]) as k(id)
    left join lateral (${newest('marketing')}) m on true
    left join lateral (${newest('automated')}) a on true
    where c.id = k.id and c.tenant_id = ${tenantId}
      and (c.marketing_consent_until, c.automated_consent_until) is distinct from (m.until, a.until)`);
}

const newest = (purpose: 'marketing' | 'automated') => sql`
  select case when act = 'given' then coalesce(expires_at, ${iso(NO_END)}::timestamptz) end as until
  from consents where contact_id = k.id and purpose = ${purpose} order by given_at desc, created_at desc, id desc limit 1`;
