import path from 'node:path';
import type { Logger } from 'pino';
import { AppError } from '../../shared/kernel/app-error.ts';
import { electricSource } from './electric-source.ts';
import { ShapeLog } from './shape-log.ts';
import { embeddedSource, type ShapeSource } from './shape-router.ts';
import type { ShapeRule } from './shape-rule.ts';

export type OpenShapes = { source: ShapeSource | null; close: () => Promise<void> };

/**
 * Where this process takes shapes from: the Electric service when one is named, else its own shape log when it holds the role.
 * A web process with neither cannot serve desktops, and says so instead of starting.
 */
export async function openShapes(options: {
  electricUrl: string | null;
  electricSecret: string | null;
  roles: ReadonlySet<string>;
  databaseUrl: string;
  dataDir: string;
  rules: readonly ShapeRule[];
  log: Logger;
}): Promise<OpenShapes> {
  const close = async () => {};
  if (options.electricUrl)
    return { source: electricSource(options.electricUrl, options.electricSecret ?? undefined), close };
  if (options.roles.has('shapes')) {
    const log = new ShapeLog({
      url: options.databaseUrl,
      dir: path.join(options.dataDir, 'shapes'),
      tables: options.rules.map(({ table }) => table.name),
      log: options.log,
    });
    await log.start();
    return { source: embeddedSource(log), close: () => log.stop() };
  }
  if (options.roles.has('web'))
    throw new AppError(
      'conflict',
      'SERVER_ROLES has web but not shapes: name the Electric service in ELECTRIC_URL, or add the role shapes.',
    );
  return { source: null, close };
}
