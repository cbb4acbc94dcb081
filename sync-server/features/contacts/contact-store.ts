import { and, eq, sql } from 'drizzle-orm';
import { contactFields, type ContactFields } from '../../../shared/contacts/contact.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Act } from '../../db/act.ts';
import { findMembers } from '../auth/user-read-model.ts';
import { contactKeys } from './contact-keys.ts';
import { contacts, type ContactRow } from './contact-table.ts';

/** The contact, locked until the act is done. Throws `not_found` for another tenant's. */
export async function lockContact({ tx, tenantId }: Act, id: string): Promise<ContactRow> {
  const { placeholder } = sql;
  // Prepared once a connection: a day offline sends thousands of edits.
  const [row] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.tenantId, placeholder('tenantId')), eq(contacts.id, placeholder('id'))))
    .for('update')
    .prepare('lock contact')
    .execute({ tenantId, id });
  if (!row) throw contactNotFound();
  return row;
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
