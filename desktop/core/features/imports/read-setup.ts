import type { ImportSetup } from '../../../../shared/imports/import-setup.ts';
import type { WorkspaceItem, WorkspaceItemKind } from '../../../../shared/workspace/workspace-item.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';

/** What the workspace has that rows of a file may name, as this computer knows it. */
export function readImportSetup(db: ReadConnection): ImportSetup {
  const listOf = <K extends WorkspaceItemKind>(kind: K) =>
    (db.sql('SELECT id, body FROM workspace_items WHERE kind = ?').all(kind) as { id: string; body: string }[]).map(
      ({ id, body }) => ({ id, ...(JSON.parse(body) as object) }) as WorkspaceItem<K>,
    );
  const pipelines = new Map(listOf('pipeline').map(({ id, name }) => [id, name]));
  return {
    statuses: listOf('lead_status'),
    stages: listOf('stage').map(({ id, name, pipelineId }) => ({
      id,
      name,
      pipelineName: pipelines.get(pipelineId) ?? '',
    })),
    members: listOf('member'),
    pages: listOf('facebook_page'),
    attributes: listOf('attribute'),
  };
}
