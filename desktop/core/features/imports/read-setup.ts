import { SETUP_KINDS, setupOf, type ImportSetup } from '../../../../shared/imports/import-setup.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';

/** What the workspace has that rows of a file may name, as this computer knows it. */
export function readImportSetup(db: ReadConnection): ImportSetup {
  const items = db
    .sql('SELECT id, kind, body FROM workspace_items WHERE kind IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify([...SETUP_KINDS])) as { id: string; kind: string; body: string }[];
  return setupOf(items.map((item) => ({ ...item, body: JSON.parse(item.body) as Record<string, unknown> })));
}
