import { sql } from 'drizzle-orm';
import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import type { ExportedContact } from '../../../../shared/exports/contact-columns.ts';
import type { FileNames } from '../../../../shared/exports/export-names.ts';
import type { ExportedInteraction, ExportedTranscript } from '../../../../shared/exports/interaction-columns.ts';
import { toTranscripts, type TranscriptLine } from '../../../../shared/exports/to-transcripts.ts';
import type { Act } from '../../../db/act.ts';

type Found = Omit<ExportedInteraction, 'contactName' | 'by'> & { byId: string | null };
type Open = (json: string) => Promise<string>;

const at = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);
const idsOf = (page: readonly ExportedContact[]) => sql`${sql.param(page.map(({ id }) => id))}::uuid[]`;
const namesIn = (page: readonly ExportedContact[]) => new Map(page.map((one) => [one.id, contactDisplayName(one)]));

/** Messages, notes and tasks with these contacts, one by one. */
export async function readInteractions(
  { tx, tenantId }: Act,
  page: readonly ExportedContact[],
  { members }: FileNames,
  open: Open,
): Promise<ExportedInteraction[]> {
  const ids = idsOf(page);
  const { rows } = await tx.execute<Found>(sql`
    select m.id, m.contact_id as "contactId", 'message' as kind, m.channel, m.direction, ${at('m.created_at')} as at,
      m.author_id as "byId", m.body as text, null::float8 as "dueAt", null::float8 as "completedAt"
    from messages m where m.tenant_id = ${tenantId} and m.contact_id = any(${ids})
    union all
    select n.id, n.contact_id, 'note', null, null, ${at('n.created_at')}, n.author_id, n.body, null, null
    from notes n where n.tenant_id = ${tenantId} and n.contact_id = any(${ids})
    union all
    select t.id, t.contact_id, 'task', null, null, ${at('t.created_at')}, t.owner_id,
      t.title || coalesce(chr(10) || t.body, ''), ${at('t.due_at')}, ${at('t.completed_at')}
    from tasks t where t.tenant_id = ${tenantId} and t.contact_id = any(${ids})
    order by 2, 6`);
  // Notes may be sealed.
  const opened = JSON.parse(await open(JSON.stringify(rows))) as Found[];
  const contactName = namesIn(page);
  return opened.map(({ byId, ...one }) => ({
    ...one,
    contactName: contactName.get(one.contactId) ?? '',
    by: byId === null ? null : (members.get(byId) ?? null),
  }));
}

export async function readTranscripts(
  { tx, tenantId }: Act,
  page: readonly ExportedContact[],
  { members }: FileNames,
): Promise<ExportedTranscript[]> {
  const { rows } = await tx.execute<TranscriptLine>(sql`
    select m.conversation_id as "conversationId", m.contact_id as "contactId", m.channel, m.direction,
      ${at('m.created_at')} as at, m.author_id as "byId", m.body as text
    from messages m where m.tenant_id = ${tenantId} and m.contact_id = any(${idsOf(page)})
    order by m.contact_id, m.conversation_id, m.created_at, m.id`);
  return toTranscripts(rows, namesIn(page), members);
}
