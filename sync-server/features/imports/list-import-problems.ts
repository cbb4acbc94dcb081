import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { listImportProblems as operation } from '../../../shared/imports/import-operations.ts';
import type { Verb } from '../../db/act.ts';
import { offsetOf } from '../../db/page.ts';
import { importJobs } from './import-job-table.ts';
import { importProblems } from './import-problem-table.ts';
import { importNotFound } from './import-store.ts';

export const listImportProblems: Verb<typeof operation> = async ({ tx, tenantId }, { id, ...query }) => {
  const [job] = await tx
    .select({ id: importJobs.id })
    .from(importJobs)
    .where(and(eq(importJobs.tenantId, tenantId), eq(importJobs.id, id)));
  if (!job) throw importNotFound();
  const matches = eq(importProblems.importId, id);
  const [counted] = await tx.select({ total: count() }).from(importProblems).where(matches);
  const data = await tx
    .select({ row: importProblems.row, reason: importProblems.reason })
    .from(importProblems)
    .where(matches)
    .orderBy(query.sortOrder === 'asc' ? asc(importProblems.row) : desc(importProblems.row))
    .limit(query.limit)
    .offset(offsetOf(query));
  return { data, page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};
