import type { WorkspaceItem, WorkspaceItemKind } from '../../../../shared/workspace/workspace-item.ts';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';

export const workspaceQueries: Answers<'tags.list' | 'members.list' | 'phoneNumbers.list' | 'imports.list'> = {
  'tags.list': ({ db }, { search, limit }) => {
    const sought = toSearchText(search);
    return listItems(db, 'tag')
      .map((tag) => ({ id: tag.id, name: tag.name, key: toSearchText(tag.name) }))
      .filter(({ key }) => key.includes(sought))
      .sort((a, b) => Number(b.key.startsWith(sought)) - Number(a.key.startsWith(sought)) || (a.key < b.key ? -1 : 1))
      .slice(0, limit)
      .map(({ id, name }) => ({ id, name }));
  },
  'members.list': ({ db }) => listItems(db, 'member').sort((a, b) => a.name.localeCompare(b.name)),
  'phoneNumbers.list': ({ db }) => listItems(db, 'phone_number').sort((a, b) => (a.e164 < b.e164 ? -1 : 1)),
  'imports.list': ({ db }) => {
    const parts = db
      .sql(`SELECT unit, count(*) AS waiting FROM pending_write WHERE name = 'imports.addRows' GROUP BY unit`)
      .all() as { unit: string; waiting: number }[];
    const waitingById = new Map(parts.map(({ unit, waiting }) => [unit, waiting]));
    return listItems(db, 'import_job')
      .map((job) => ({ ...job, waitingParts: waitingById.get(job.id) ?? 0 }))
      .sort((a, b) => b.createdAt - a.createdAt);
  },
};

function listItems<K extends WorkspaceItemKind>(db: ReadConnection, kind: K): WorkspaceItem<K>[] {
  const rows = db.sql('SELECT id, body FROM workspace_items WHERE kind = ?').all(kind) as {
    id: string;
    body: string;
  }[];
  return rows.map(({ id, body }) => ({ id, ...(JSON.parse(body) as object) }) as WorkspaceItem<K>);
}
