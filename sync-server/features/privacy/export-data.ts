import { and, eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type {
  exportData as exportOperation,
  linkExport as linkOperation,
} from '../../../shared/workspace/privacy-operations.ts';
import type { Verb } from '../../db/act.ts';
import type { Seal } from '../../db/sealed.ts';
import { dataExports } from './data-export-table.ts';
import { signLink } from './export-link.ts';
import { EXPORT_DATA } from './run-export.ts';

export const exportData: Verb<typeof exportOperation> = async (act, { id: given }) => {
  const { tx, tenantId, now } = act;
  const id = given ?? act.newId();
  const userId = must(act.userId, 'who asks');
  const made = await tx
    .insert(dataExports)
    .values({ id, tenantId, askedById: userId, status: 'waiting', createdAt: now })
    .onConflictDoNothing()
    .returning({ id: dataExports.id });
  if (!made.length) throw new AppError('conflict', 'An export with this id exists already. Nothing was changed.');
  await act.enqueue({ name: EXPORT_DATA.name, data: { tenantId, exportId: id } });
  act.audit({ action: 'privacy.exportData', entity: 'data_export', entityId: id });
  return { id };
};

export const linkExport =
  (seal: Seal, publicUrl: string): Verb<typeof linkOperation> =>
  async ({ tx, tenantId, now, audit }, { id }) => {
    const [row] = await tx
      .select()
      .from(dataExports)
      .where(and(eq(dataExports.tenantId, tenantId), eq(dataExports.id, id)));
    if (!row || (row.expiresAt !== null && row.expiresAt <= now))
      throw new AppError('not_found', 'This file is not kept any more. Make a new one.');
    if (row.status !== 'done')
      throw new AppError('not_allowed_now', 'This file is not finished yet. You are told when it is.', {
        status: row.status,
      });
    audit({ action: 'privacy.linkExport', entity: 'data_export', entityId: id });
    return { link: `${publicUrl}/api/exports/${signLink(seal, { exportId: id, now })}` };
  };
