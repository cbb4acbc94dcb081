import { and, eq, sql } from 'drizzle-orm';
import { contactFields, type ContactFields } from '../../../shared/contacts/contact.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Act } from '../../db/act.ts';
import { findMembers } from '../auth/user-read-model.ts';
import { contactKeys } from './contact-keys.ts';
import { followMerges } from './merge/alias-read-model.ts';
import { contacts, type ContactRow } from './contact-table.ts';

/** The contact, locked until the act is done; of one that was merged, the one that was kept. Throws `not_found` for another tenant's. */
export async function lockContact(act: Act, id: string): Promise<ContactRow> {
  const row = await followMerges(act.tx, act.tenantId, id, (one) => lockItself(act, one));
  if (!row) throw contactNotFound();
  return row;
}

async function lockItself({ tx, tenantId }: Act, id: string): Promise<ContactRow | null> {
  const { placeholder } = sql;
  // Prepared once a connection: a day offline sends thousands of edits.
  const [row] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.tenantId, placeholder('tenantId')), eq(contacts.id, placeholder('id'))))
    .for('update')
    .prepare('lock contact')
    .execute({ tenantId, id });
  return row ?? null;
}

export const contactNotFound = () =>
  new AppError('not_found', 'This contact does not exist any more. Nothing was changed.');

/** Throws `invalid_input` when the owner is not an active member of the tenant. */
export async function assertOwnerIsMember({ tx, tenantId }: Act, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return;
  const members = await findMembers(tx, tenantId, [ownerId]);
  if (!members.has(ownerId))
    throw new AppError(
      'invalid_input',
      'The owner is not a member of your team. Nothing was changed; choose another.',
      {
        fields: { ownerId: 'Not a member of your team' },
      },
    );
}

/** The stage, kept from deletion until the act is done. Throws `not_found`. */
export async function getStage({ tx, tenantId }: Act, id: string): Promise<{ id: string; pipelineId: string }> {
  const { rows } = await tx.execute<{ id: string; pipelineId: string }>(sql`
    select id, pipeline_id as "pipelineId" from stages where tenant_id = ${tenantId} and id = ${id} for key share`);
  if (rows[0]) return rows[0];
  throw new AppError('not_found', 'This stage does not exist any more. Nothing was moved; choose another.');
}

/** Throws `invalid_input` for a page that is not the tenant's. */
export async function assertPageIsOurs({ tx, tenantId }: Act, id: string | null | undefined): Promise<void> {
  if (!id) return;
  const { rowCount } = await tx.execute(sql`
    select from facebook_pages where tenant_id = ${tenantId} and id = ${id} for key share`);
  if (rowCount) return;
  throw new AppError('invalid_input', 'This page is not connected to your workspace. Nothing was changed.', {
    fields: { facebookPageId: 'Not a page of your workspace' },
  });
}

const EDITABLE = Object.keys(contactFields.shape) as (keyof ContactFields)[];
const COLUMNS = [...EDITABLE, 'nameKey', 'search', 'updatedAt'] as const;

/** Writes the fields of a locked contact with its derived columns. All of them every time, so that one prepared statement does. */
export async function writeContact(
  { tx }: Act,
  id: string,
  fields: Pick<ContactRow, keyof ContactFields>,
  updatedAt: Instant,
): Promise<void> {
  await tx
    .update(contacts)
    .set({
      ...Object.fromEntries(COLUMNS.map((column) => [column, sql.placeholder(column)])),
      // A placeholder of a jsonb column would write null as the JSON value null.
      attributes: sql`${sql.placeholder('attributes')}::jsonb`,
      keywords: sql`${sql.placeholder('keywords')}::jsonb`,
    })
    .where(eq(contacts.id, sql.placeholder('id')))
    .prepare('write contact')
    .execute({
      ...Object.fromEntries(EDITABLE.map((field) => [field, fields[field]])),
      ...contactKeys(fields),
      attributes: fields.attributes === null ? null : JSON.stringify(fields.attributes),
      keywords: fields.keywords === null ? null : JSON.stringify(fields.keywords),
      updatedAt,
      id,
    });
}
