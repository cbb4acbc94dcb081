import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where this build looks for versions: what the installer was built with, or what an administrator set; null for neither. */
export function findFeed(resourcesDir: string, env: NodeJS.ProcessEnv): { url: string | null; channel: string } {
  const built = readBuilt(path.join(resourcesDir, 'app-update.yml'));
  const url = env['UPDATE_URL'] ?? /^url: (\S+)$/m.exec(built)?.[1];
  const channel = env['UPDATE_CHANNEL'] ?? /^channel: (\S+)$/m.exec(built)?.[1] ?? 'latest';
  return { url: url?.replace(/\/+$/, '') || null, channel };
}

function readBuilt(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not installed: built and run from its sources.
    return '';
  }
}
