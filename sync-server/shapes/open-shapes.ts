import path from 'node:path';
import type pg from 'pg';
import type { Logger } from 'pino';
import { AppError } from '../../shared/kernel/app-error.ts';
import { createEpochReader } from './database-epoch.ts';
import { openElectric } from './electric-source.ts';
import { ShapeLog } from './log/shape-log.ts';
import type { ShapeDefinition } from './shape-definition.ts';
import { embeddedSource, type ShapeSource } from './shape-router.ts';
import type { ShapeRule } from './shape-rule.ts';

export type OpenShapes = {
  /** Null: this process serves no shapes. */
  source: ShapeSource | null;
  /** Names the database's history, for the header of every answer. */
  epoch: () => Promise<string>;
  /** Ends the long polls of shapes that are meant, so that what their readers may see is decided anew at once. */
  wakeAll: (isMeant?: (definition: ShapeDefinition) => boolean) => void;
  close: () => Promise<void>;
};

/**
 * Where this process takes shapes from: the Electric service when one is named, else its own shape log when it holds the role.
 * A web process with neither cannot serve desktops, and says so instead of starting.
 */
export async function openShapes(options: {
  electricUrl: string | null;
  electricSecret: string | null;
  roles: ReadonlySet<string>;
  pool: pg.Pool;
  databaseUrl: string;
  dataDir: string;
  rules: readonly ShapeRule[];
  log: Logger;
}): Promise<OpenShapes> {
  const epoch = createEpochReader(options.pool);
  if (options.electricUrl) {
    const { source, wakeAll } = openElectric(options.electricUrl, options.electricSecret ?? undefined);
    return { source, wakeAll, epoch, close: async () => {} };
  }
  if (options.roles.has('shapes')) {
    const log = new ShapeLog({
      url: options.databaseUrl,
      dir: path.join(options.dataDir, 'shapes'),
      tables: options.rules.map(({ table }) => table.name),
      log: options.log,
    });
    await log.start().catch(async (error: unknown) => {
      await log.stop();
      throw error;
    });
    return {
      source: embeddedSource(log),
      wakeAll: (isMeant) => log.wakeAll(isMeant),
      epoch,
      close: () => log.stop(),
    };
  }
  if (options.roles.has('web'))
    throw new AppError(
      'conflict',
      'SERVER_ROLES has web but not shapes: name the Electric service in ELECTRIC_URL, or add the role shapes.',
    );
  return { source: null, wakeAll: () => {}, epoch, close: async () => {} };
}
