import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { systemOf, type Perform } from '../../db/act.ts';
import type { FieldKeys } from '../../db/fields/field-keys.ts';
import type { Pool } from '../../db/pool.ts';
import { DAY_MS } from '../../db/prune-table.ts';
import { inTx } from '../../db/tx.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import { dataExports } from './data-export-table.ts';
import { exportFile, exportsDir } from './export-file.ts';
import { writeExport } from './write-export.ts';

export const EXPORT_DATA: JobKind = { name: 'privacy.export', retryLimit: 2, retryDelaySeconds: 30, concurrency: 1 };

const KEPT_MS = 7 * DAY_MS;
/** What its job carries. */
export const asked = z.object({ tenantId: z.uuid(), exportId: z.uuid() });

type Parts = { pool: Pool; perform: Perform; fields: FieldKeys; dataDir: string };

/** Makes the file of an export beside its place and puts it there when it is whole. A job that is begun again begins the file again. */
export const runExport = ({ pool, perform, fields, dataDir }: Parts): JobDefinition => ({
  kind: EXPORT_DATA,
  async run(data, { isLastAttempt, signal }) {
    const { tenantId, exportId } = asked.parse(data);
    const actor = systemOf(tenantId);
    const [row] = await perform(actor, ({ tx }) =>
      tx.update(dataExports).set({ status: 'running' }).where(eq(dataExports.id, exportId)).returning(),
    );
    if (!row) return;
    const file = exportFile(dataDir, exportId);
    const part = `${file}.part`;
    try {
      await mkdir(exportsDir(dataDir), { recursive: true, mode: 0o700 });
      await rm(part, { force: true });
      await inTx(pool, async (_tx, client) => {
        await client.query('set transaction isolation level repeatable read, read only');
        await writeExport(part, { client, tenantId, fields, signal });
      });
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      if (isLastAttempt)
        await perform(actor, ({ tx }) =>
          tx
            .update(dataExports)
            .set({ status: 'failed', message: 'The file could not be made. Nothing was lost; ask for it again.' })
            .where(eq(dataExports.id, exportId)),
        );
      throw error;
    }
    const { size } = await stat(file);
    await perform(actor, async (act) => {
      await act.tx
        .update(dataExports)
        .set({ status: 'done', bytes: size, expiresAt: act.now + KEPT_MS })
        .where(eq(dataExports.id, exportId));
      await act.publish({ type: 'export.finished', exportId, userId: row.askedById });
    });
  },
});
