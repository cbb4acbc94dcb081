import type { startImport as operation } from '../../../shared/imports/import-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type { Verb } from '../../db/act.ts';
import { importJobs } from './import-job-table.ts';

export const startImport: Verb<typeof operation> = async (act, { id, fileName, total, duplicates, kind }) => {
  const { tx, tenantId, userId, now, audit } = act;
  const startedById = must(userId, 'person who starts an import');
  const inserted = await tx
    .insert(importJobs)
    .values({
      id,
      tenantId,
      fileName,
      total,
      duplicates,
      kind,
      status: 'receiving',
      startedById,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: importJobs.id });
  if (!inserted.length) throw new AppError('conflict', 'An import with this id exists already. Nothing was changed.');
  audit({ action: 'imports.start', entity: 'import', entityId: id, after: { fileName, total, duplicates, kind } });
  return { id };
};
