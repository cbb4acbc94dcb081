import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { startImport, type DuplicateRule, type ImportKind } from '../../../../shared/imports/import-operations.ts';
import { createLeadStatus } from '../../../../shared/statuses/status-operations.ts';
import { hasRole } from '../../../../shared/protocol/role.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { writeLocally } from '../../sync/local-write.ts';

/** An import whose rows wait in `partsFile`, for `readParts`. */
export type PreparedImport = {
  id: string;
  fileName: string;
  total: number;
  duplicates: DuplicateRule;
  kind: ImportKind;
  /** Statuses that the file names and that are made before its rows come. */
  newStatuses: string[];
  partsFile: string;
};

type ImportToQueue = Omit<PreparedImport, 'partsFile'> & {
  /** The rows, a part at a time. */ readParts: () => unknown[];
};

/**
 * Queues a whole import, all of it or nothing: the announcement, its parts, the start signal. To people it is one change.
 * Queued before (a crash between this and the end of the draft): nothing happens.
 */
export function queueImport(
  replica: Replica,
  identity: Identity,
  { id, fileName, total, duplicates, kind, newStatuses, readParts }: ImportToQueue,
  now: number,
): { importId: string } {
  if (!hasRole(identity.role, startImport.role))
    throw new AppError(
      'forbidden',
      `Your role (${identity.role.toLowerCase()}) may not import contacts. The file is kept.`,
    );
  if (newStatuses.length > 0 && !hasRole(identity.role, createLeadStatus.role))
    throw new AppError(
      'forbidden',
      `Your role (${identity.role.toLowerCase()}) may not make lead statuses. Nothing was imported; choose another of the statuses you have.`,
    );
  const { userId, tenantId } = identity;
  const queue = (name: string, input: unknown, patches = [] as ReturnType<NonNullable<typeof startImport.patches>>) =>
    writeLocally(replica, {
      writeId: newId<'write'>(),
      name,
      input,
      madeAt: now,
      unit: id,
      chained: true,
      patches,
      marks: [],
    });
  replica.tx(() => {
    const known = replica.sql(
      'SELECT 1 FROM workspace_items WHERE id = ? UNION SELECT 1 FROM pending_write WHERE unit = ?',
    );
    if (known.get(id, id)) return;
    for (const name of newStatuses) {
      const writeId = newId<'write'>();
      const input = createLeadStatus.input.parse({ id: newId<'status'>(), name });
      const patches = createLeadStatus.patches?.(input, { now, userId, tenantId }) ?? [];
      writeLocally(replica, {
        writeId,
        name: createLeadStatus.name,
        input,
        madeAt: now,
        unit: writeId,
        patches,
        marks: [],
      });
    }
    const start = startImport.input.parse({ id, fileName, total, duplicates, kind });
    queue('imports.start', start, startImport.patches?.(start, { now, userId, tenantId }));
    readParts().forEach((rows, part) => queue('imports.addRows', { id, part, rows }));
    queue('imports.run', { id });
  });
  return { importId: id };
}
