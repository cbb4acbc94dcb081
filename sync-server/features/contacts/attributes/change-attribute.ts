import { and, eq } from 'drizzle-orm';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type * as operations from '../../../../shared/contacts/attribute-operations.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import { attributeDefinitions } from './attribute-table.ts';

export const defineAttribute: Verb<typeof operations.defineAttribute> = async (act, { id: givenId, ...given }) => {
  const { tx, tenantId, now } = act;
  assertChoices(given);
  const id = givenId ?? act.newId();
  const [made] = await tx
    .insert(attributeDefinitions)
    .values({ ...given, id, tenantId, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: attributeDefinitions.id });
  if (!made)
    throw new AppError(
      'conflict',
      `The attribute “${given.key}” is defined already. Nothing was changed; change that one.`,
    );
  act.audit({
    action: 'attributes.create',
    entity: 'attribute',
    entityId: id,
    after: given,
    undo: { name: 'attributes.delete', input: { id } },
  });
  return { id };
};

export const updateAttribute: Verb<typeof operations.updateAttribute> = async (act, { id, key: _key, ...sent }) => {
  const row = await lockAttribute(act, id);
  assertChoices(sent);
  const { label, type, choices, displayOrder } = row;
  const before = { label, type, choices, displayOrder };
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  await act.tx
    .update(attributeDefinitions)
    .set({ ...sent, updatedAt })
    .where(eq(attributeDefinitions.id, id));
  act.audit({
    action: 'attributes.update',
    entity: 'attribute',
    entityId: id,
    before,
    after: sent,
    undo: { name: 'attributes.update', input: { id, key: row.key, ...before } },
    at: updatedAt,
  });
  return { id };
};

export const deleteAttribute: Verb<typeof operations.deleteAttribute> = async (act, { id }) => {
  const { key, label, type, choices, displayOrder } = await lockAttribute(act, id);
  await act.tx.delete(attributeDefinitions).where(eq(attributeDefinitions.id, id));
  act.audit({
    action: 'attributes.delete',
    entity: 'attribute',
    entityId: id,
    before: { key, label },
    undo: { name: 'attributes.create', input: { id, key, label, type, choices, displayOrder } },
  });
  return { id };
};

async function lockAttribute({ tx, tenantId }: Act, id: string) {
  const [row] = await tx
    .select()
    .from(attributeDefinitions)
    .where(and(eq(attributeDefinitions.tenantId, tenantId), eq(attributeDefinitions.id, id)))
    .for('update');
  if (!row) throw new AppError('not_found', 'This attribute is not defined any more. Nothing was changed.');
  return row;
}

function assertChoices({ type, choices }: { type: string; choices: string[] | null }): void {
  if (type === 'choice' && !choices?.length)
    throw new AppError('invalid_input', 'An attribute to choose from needs at least one choice. Nothing was changed.', {
      fields: { choices: 'Name at least one' },
    });
}
