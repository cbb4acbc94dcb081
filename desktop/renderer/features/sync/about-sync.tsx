import { t } from '../../lib/i18n/t.ts';
import type { SyncInspection } from '../../../../shared/bridge/sync-inspection.ts';

/** What a support person asks first. */
export function AboutSync({ found }: { found: SyncInspection }) {
  const { versions, deviceId, serverUrl, epoch } = found;
  return (
    <dl className="panel fact-list">
      <dt>Switchboard</dt>
      <dd>
        {t('{{app}}, protocol {{protocol}}, replica {{replica}}, SQLite {{sqlite}}', {
          app: versions.app,
          protocol: String(versions.protocol),
          replica: String(versions.replica),
          sqlite: versions.sqlite,
        })}
      </dd>
      <dt>{t('Server')}</dt>
      <dd>{serverUrl}</dd>
      <dt>{t('Database of the server')}</dt>
      <dd>{epoch === null ? t('It has not told its epoch.') : <code>{epoch}</code>}</dd>
      <dt>{t('This computer')}</dt>
      <dd>
        <code>{deviceId}</code>
      </dd>
    </dl>
  );
}
