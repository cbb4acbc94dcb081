import { and, eq } from 'drizzle-orm';
import { subscribe, type Subscriber } from '../../events/event.ts';
import { dataExports } from './data-export-table.ts';
import { asked, EXPORT_DATA } from './run-export.ts';

/** A file that will not be made says so, instead of being waited for. */
export const onExportCancelled: Subscriber = subscribe('job.cancelled', async ({ tx, tenantId }, { job, data }) => {
  if (job !== EXPORT_DATA.name) return;
  await tx
    .update(dataExports)
    .set({ status: 'failed', message: 'It was cancelled before it began. Nothing was lost; ask for it again.' })
    .where(and(eq(dataExports.tenantId, tenantId), eq(dataExports.id, asked.parse(data).exportId)));
});
