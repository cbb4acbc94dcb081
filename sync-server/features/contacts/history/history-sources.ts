import { sql, type SQL } from 'drizzle-orm';
import { broughtAlong } from '../merge/alias-read-model.ts';

/**
 * Where a contact's past is kept, each as rows of `{at, key, tenant_id, source, field, before, after, user_id, device_id, cause, note,
 * details}`. `key` tells rows of one instant apart, in the order they were written.
 */
export function sourcesOf(of: { tenantId: string; contactId: string }, fields: readonly string[] | null): SQL[] {
  const whose = sql`contact_id = ${of.contactId} and tenant_id = ${of.tenantId}`;
  const changes = sql`
    select at, 'c' || lpad(id::text, 19, '0') as key, tenant_id, 'change' as source, field, before, after, user_id, device_id, cause,
      note, (select jsonb_build_object('mergedId', m.merged_id) from contact_merges m
        where ${broughtAlong('m', 'contact_changes')} order by m.at limit 1) as details
    from contact_changes where ${whose} ${fields ? sql`and field = any(${sql.param([...fields])}::text[])` : sql``}`;
  if (fields) return [changes];
  return [
    changes,
    sql`
    select given_at, 'd-' || id, tenant_id, act, null, null::jsonb, null::jsonb, user_id, device_id, cause, reason,
      jsonb_strip_nulls(jsonb_build_object('purpose', purpose, 'form', kind, 'source', source, 'evidence', evidence, 'method', method,
        'expiresAt', extract(epoch from expires_at) * 1000, 'recordedAt', extract(epoch from created_at) * 1000))
    from consents where ${whose}`,
    sql`
    select at, 'e-' || id, tenant_id, 'visit', null, null::jsonb, null::jsonb, null::uuid, null::uuid, null::jsonb, null,
      jsonb_strip_nulls(jsonb_build_object('url', url, 'referrer', referrer, 'ip', host(ip), 'userAgent', user_agent,
        'metadata', metadata, 'bookingId', booking_id))
    from contact_visits where ${whose}`,
    sql`
    select at, 'f-' || id, tenant_id, 'merge', null, null::jsonb, null::jsonb, user_id, device_id, null::jsonb, null,
      ${mergeDetails}
    from contact_merges where kept_id = ${of.contactId} and tenant_id = ${of.tenantId}`,
    sql`
    select undone_at, 'g-' || id, tenant_id, 'unmerge', null, null::jsonb, null::jsonb, null::uuid, null::uuid, null::jsonb, null,
      ${mergeDetails}
    from contact_merges where kept_id = ${of.contactId} and tenant_id = ${of.tenantId} and undone_at is not null`,
    sql`
    select c.created_at, '0', c.tenant_id, 'created', null, null::jsonb, null::jsonb, a.user_id, a.device_id,
      case when c.import_id is not null then jsonb_build_object('kind', 'import', 'id', c.import_id) end, null,
      jsonb_strip_nulls(jsonb_build_object('source', c.source, 'importId', c.import_id))
    from contacts c left join lateral (
      select user_id, device_id from audit_log l where l.tenant_id = c.tenant_id and l.entity = 'contact' and l.entity_id = c.id
        and l.action = 'contacts.create' order by at limit 1) a on true
    where c.id = ${of.contactId} and c.tenant_id = ${of.tenantId}`,
  ];
}

const mergeDetails = sql`jsonb_strip_nulls(jsonb_build_object('mergeId', id, 'contactId', merged_id,
  'name', nullif(concat_ws(' ', merged ->> 'first_name', merged ->> 'last_name'), ''), 'phone', merged ->> 'phone'))`;
