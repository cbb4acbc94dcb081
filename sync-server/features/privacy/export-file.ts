import path from 'node:path';

export const exportsDir = (dataDir: string): string => path.join(dataDir, 'exports');

/** Where the file of an export lies; only the server's own user may read it. */
export const exportFile = (dataDir: string, exportId: string): string =>
  path.join(exportsDir(dataDir), `${exportId}.zip`);
