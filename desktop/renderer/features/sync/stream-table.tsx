import type { StreamInspection } from '../../../../shared/bridge/sync-inspection.ts';
import { formatBytes } from '../../lib/format/format-bytes.ts';
import { t } from '../../lib/i18n/t.ts';
import { formatCount } from '../../lib/format/format-count.ts';

const tableWords = (): Record<StreamInspection['table'], string> => ({
  workspace_items: t('Workspace'),
  contacts: t('Contacts'),
  contact_tags: t('Tags of contacts'),
  group_members: t('Members of groups'),
  notes: t('Notes'),
  conversations: t('Conversations'),
  messages: t('Messages'),
  tasks: t('Tasks'),
  notifications: t('Notifications'),
  acts: t('Activity'),
  own_items: t('Your devices and settings'),
  admin_items: t('Administration'),
  met_changes: t('Changes that met'),
  write_receipts: t('Receipts'),
});
const stateWords = (): Record<StreamInspection['state'], string> => ({
  first: t('First copy'),
  again: t('Fetched anew beside'),
  live: t('Live'),
  denied: t('Not for your role'),
});
/** Dashes are for what has not left this computer, so a copy on its way here wears none. */
const TONES: Partial<Record<StreamInspection['state'], string>> = { live: 'success', denied: 'warning' };

/** Where each table's stream stands. Scrolls sideways inside its panel where the window is narrow. */
export function StreamTable({ streams }: { streams: readonly StreamInspection[] }) {
  return (
    <div className="panel overflow-x-auto" role="group" aria-label={t('Table of streams')} tabIndex={0}>
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{t('Table')}</th>
            <th scope="col" className="num">
              {t('Rows')}
            </th>
            <th scope="col">{t('State')}</th>
            <th scope="col" className="num">
              {t('Behind')}
            </th>
            <th scope="col">{t('Handle')}</th>
            <th scope="col">{t('Offset')}</th>
            <th scope="col" className="num">
              {t('Watermark')}
            </th>
          </tr>
        </thead>
        <tbody>
          {streams.map((stream) => (
            <tr key={stream.table}>
              <td title={stream.table}>{tableWords()[stream.table]}</td>
              <td className="num">{formatCount(stream.rows)}</td>
              <td>
                <span className="badge" data-tone={TONES[stream.state]}>
                  {stateWords()[stream.state]}
                </span>
              </td>
              <td className="num">{stream.behindBytes === 0 ? '–' : formatBytes(stream.behindBytes)}</td>
              <td>
                <Place value={stream.handle} />
              </td>
              <td>
                <Place value={stream.offset} />
              </td>
              <td className="num">
                <code>{stream.watermark}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Place = ({ value }: { value: string | null }) =>
  value === null ? <span className="text-ink-3">{t('none yet')}</span> : <code title={value}>{value}</code>;
