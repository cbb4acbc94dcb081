import { eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type {
  exportSettings as exporting,
  importSettings as importing,
} from '../../../shared/workspace/settings-operations.ts';
import type { Verb } from '../../db/act.ts';
import { tenants } from './tenant-table.ts';
import { changeSettings } from './update-workspace.ts';

const VERSION = 1;

/** What nobody has set is left out. */
export const exportSettings: Verb<typeof exporting> = async ({ tx, tenantId }) => {
  const [row] = await tx.select().from(tenants).where(eq(tenants.id, tenantId));
  const { name, country, timezone, currency, senderName, businessHours, brandColor } = must(row, 'tenant');
  const all = { name, country, timezone, currency, senderName, businessHours, brandColor };
  const settings = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  return { format: 'switchboard-settings', version: VERSION, tenantId, settings };
};

/** A name belongs to its workspace, so it is not taken over from another one. */
export const importSettings: Verb<typeof importing> = async (act, { version, tenantId, settings, fromAnother }) => {
  if (version > VERSION)
    throw new AppError(
      'invalid_input',
      'This file was made by a newer Switchboard. Nothing was changed; update the server first.',
      { reason: 'newer' },
    );
  const isAnothers = tenantId !== act.tenantId;
  if (isAnothers && !fromAnother)
    throw new AppError(
      'conflict',
      'This file is of another workspace. Nothing was changed; say that you mean it to take its settings over.',
      { reason: 'another_workspace' },
    );
  const { name: _, ...rest } = settings;
  const changed = await changeSettings(act, isAnothers ? rest : settings, 'workspace.importSettings');
  return { changed };
};
