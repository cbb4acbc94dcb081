import type { ContactSetup } from '../../../../shared/bridge/contacts-contract.ts';
import type { WorkspaceItem } from '../../../../shared/workspace/workspace-item.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';

type SetupKind =
  | 'lead_status'
  | 'status_automation'
  | 'pipeline'
  | 'stage'
  | 'group'
  | 'segment'
  | 'attribute'
  | 'facebook_page';

/** What the workspace has set up for its contacts. A handful of rows: read whole. */
export function readContactSetup(db: ReadConnection): ContactSetup {
  const rows = db
    .sql(
      `SELECT id, kind, body FROM workspace_items
       WHERE kind IN ('lead_status', 'status_automation', 'pipeline', 'stage', 'group', 'segment', 'attribute', 'facebook_page')`,
    )
    .all() as { id: string; kind: SetupKind; body: string }[];
  const items = rows.map(({ id, kind, body }) => ({ kind, item: { id, ...(JSON.parse(body) as object) } }));
  const listOf = <K extends SetupKind>(kind: K) =>
    items.filter((one) => one.kind === kind).map(({ item }) => item as WorkspaceItem<K>);
  const inOrder = <T extends { displayOrder: number; id: string }>(list: T[]): T[] =>
    list.toSorted((a, b) => a.displayOrder - b.displayOrder || (a.id < b.id ? -1 : 1));
  const byName = <T extends { name: string }>(list: T[]): T[] => list.toSorted((a, b) => a.name.localeCompare(b.name));
  return {
    statuses: inOrder(listOf('lead_status')),
    automations: byName(listOf('status_automation')),
    pipelines: inOrder(listOf('pipeline')),
    stages: inOrder(listOf('stage')),
    groups: byName(listOf('group')),
    segments: byName(listOf('segment')),
    attributes: inOrder(listOf('attribute')),
    pages: byName(listOf('facebook_page')),
  };
}
