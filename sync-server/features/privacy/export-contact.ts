import { sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { exportContact as operation } from '../../../shared/workspace/privacy-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { findContact } from '../contacts/contact-read-model.ts';

/** What is only ours: how rows are found and sorted, whose workspace they are in. */
const OURS = ['tenant_id', 'name_key', 'search'];

/** Where something about a contact is, by the name it has in the answer. */
const OF_CONTACT = {
  tags: sql`select t.name, l.created_at from contact_tags l join tags t on t.id = l.tag_id where l.contact_id = `,
  groups: sql`select coalesce(g.name, s.name) as name, m.created_at from group_members m left join contact_groups g on g.id = m.group_id
    left join segments s on s.id = m.group_id where m.contact_id = `,
  changes: sql`select field, before, after, at, user_id, cause, note from contact_changes where contact_id = `,
  consents: sql`select * from consents where contact_id = `,
  visits: sql`select * from contact_visits where contact_id = `,
  mergedContacts: sql`select merged_id, merged, at, undone_at from contact_merges where undone_at is null and kept_id = `,
  notes: sql`select * from notes where contact_id = `,
  conversations: sql`select * from conversations where contact_id = `,
  messages: sql`select * from messages where contact_id = `,
  tasks: sql`select * from tasks where contact_id = `,
  automations: sql`select automation_name, at, due_at, outcome, reason, from_status, to_status from status_firings where contact_id = `,
  notifications: sql`select * from notifications where contact_id = `,
  changesThatMet: sql`select * from met_changes where contact_id = `,
} as const;

/**
 * With the audit log, so that they see who did what with it, also while they were several. Who was merged is found by any of their ids;
 * whose merge was taken apart is another person.
 */
export const exportContact: Verb<typeof operation> = async (act, { id: about }) => {
  const { tx, tenantId } = act;
  const id = (await findContact(tx, tenantId, about))?.id ?? about;
  const { rows } = await tx.execute<{ row: Record<string, unknown> }>(
    sql`select to_jsonb(c) as row from contacts c where c.id = ${id} and c.tenant_id = ${tenantId}`,
  );
  if (!rows[0]) throw new AppError('not_found', 'This contact is not in your workspace any more.');
  const parts: Record<string, unknown> = { contact: withoutOurs(rows[0].row) };
  for (const [name, query] of Object.entries(OF_CONTACT)) parts[name] = await listRows(act, sql`${query}${id}`);
  const ids = sql`(select ${id}::uuid union all select merged_id from contact_merges where kept_id = ${id} and undone_at is null)`;
  parts['history'] = await listRows(
    act,
    sql`select action, entity, entity_id, user_id, before, after, at from audit_log
      where tenant_id = ${tenantId} and (contact_id in ${ids} or entity_id in ${ids}) order by at, id`,
  );
  act.audit({ action: 'privacy.exportContact', entity: 'contact', entityId: id });
  return { exportedAt: act.now, ...parts };
};

async function listRows({ tx }: Act, query: ReturnType<typeof sql>): Promise<Record<string, unknown>[]> {
  const { rows } = await tx.execute<{ row: Record<string, unknown> }>(sql`select to_jsonb(q) as row from (${query}) q`);
  return rows.map(({ row }) => withoutOurs(row));
}

const withoutOurs = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !OURS.includes(key)));
