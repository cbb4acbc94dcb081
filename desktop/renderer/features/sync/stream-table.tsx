import type { StreamInspection } from '../../../../shared/bridge/sync-inspection.ts';
import { formatBytes } from '../../lib/format/format-bytes.ts';
import { formatCount } from '../../lib/format/format-count.ts';

const TABLE_WORDS: Record<StreamInspection['table'], string> = {
  workspace_items: 'Workspace',
  contacts: 'Contacts',
  contact_tags: 'Tags of contacts',
  notes: 'Notes',
  conversations: 'Conversations',
  messages: 'Messages',
  tasks: 'Tasks',
  notifications: 'Notifications',
  acts: 'Activity',
  own_items: 'Your devices and settings',
  admin_items: 'Administration',
  met_changes: 'Changes that met',
  write_receipts: 'Receipts',
};
const STATE_WORDS: Record<StreamInspection['state'], string> = {
  first: 'First copy',
  again: 'Fetched anew beside',
  live: 'Live',
  denied: 'Not for your role',
};
/** Dashes are for what has not left this computer, so a copy on its way here wears none. */
const TONES: Partial<Record<StreamInspection['state'], string>> = { live: 'success', denied: 'warning' };

/** Where each table's stream stands. Scrolls sideways inside its panel where the window is narrow. */
export function StreamTable({ streams }: { streams: readonly StreamInspection[] }) {
  return (
    <div className="panel overflow-x-auto" role="group" aria-label="Table of streams" tabIndex={0}>
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col" className="num">
              Rows
            </th>
            <th scope="col">State</th>
            <th scope="col" className="num">
              Behind
            </th>
            <th scope="col">Handle</th>
            <th scope="col">Offset</th>
            <th scope="col" className="num">
              Watermark
            </th>
          </tr>
        </thead>
        <tbody>
          {streams.map((stream) => (
            <tr key={stream.table}>
              <td title={stream.table}>{TABLE_WORDS[stream.table]}</td>
              <td className="num">{formatCount(stream.rows)}</td>
              <td>
                <span className="badge" data-tone={TONES[stream.state]}>
                  {STATE_WORDS[stream.state]}
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
  value === null ? <span className="text-ink-3">none yet</span> : <code title={value}>{value}</code>;
