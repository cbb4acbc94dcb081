import type { SyncInspection } from '../../../../shared/bridge/sync-inspection.ts';

/** What a support person asks first. */
export function AboutSync({ found }: { found: SyncInspection }) {
  const { versions, deviceId, serverUrl, epoch } = found;
  return (
    <dl className="panel fact-list">
      <dt>Switchboard</dt>
      <dd>
        {versions.app}, protocol {versions.protocol}, replica {versions.replica}, SQLite {versions.sqlite}
      </dd>
      <dt>Server</dt>
      <dd>{serverUrl}</dd>
      <dt>Database of the server</dt>
      <dd>{epoch === null ? 'It has not told its epoch.' : <code>{epoch}</code>}</dd>
      <dt>This computer</dt>
      <dd>
        <code>{deviceId}</code>
      </dd>
    </dl>
  );
}
