import { Link } from '@tanstack/react-router';
import { Download, FileDown } from 'lucide-react';
import type { AdminItem } from '../../../../../shared/people/own-item.ts';
import { exportData, linkExport } from '../../../../../shared/workspace/privacy-operations.ts';
import { MESSAGE_DAYS, type MessageDays } from '../../../../../shared/workspace/message-days.ts';
import { setMessageDays } from '../../../../../shared/workspace/workspace-operations.ts';
import { useBridge } from '../../../lib/bridge-context.tsx';
import { formatBytes } from '../../../lib/format/format-bytes.ts';
import { formatFull, formatPassed } from '../../../lib/format/format-time.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useReason, useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { showError } from '../../../ui/toaster.tsx';
import { LineNote, SettingPage, SettingPart, SettingRow } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { RetentionForm } from './retention-form.tsx';
import { SettingsFile } from './settings-file.tsx';

/** What is kept, for how long, how it comes out, how it goes. */
export function DataSection() {
  return (
    <SettingPage title={t('Data and privacy')}>
      <LineNote />
      <SettingPart title={t('Export everything')}>
        <Exports />
      </SettingPart>
      <SettingPart title={t('How long things are kept')}>
        <RetentionForm />
        <MessageDaysRow />
      </SettingPart>
      <SettingPart title={t('Settings as a file')}>
        <SettingsFile />
      </SettingPart>
      <SettingPart title={t('Erase a contact')}>
        <EraseExplained />
      </SettingPart>
    </SettingPage>
  );
}

function Exports() {
  const read = useQuery('exports.list', {});
  const run = useRunOperation();
  const { busy, once } = useOnce();
  const reason = useRoleReason(exportData.role);
  const now = useNow();
  return (
    <div className="set-card">
      <SettingRow
        title={t('One file with everything the workspace holds')}
        acts={
          <ReasonButton
            reason={reason}
            icon={FileDown}
            disabled={busy}
            onClick={() => void once(() => run(exportData, {}))}
          >
            {t('Make an export')}
          </ReasonButton>
        }
      >
        {t(
          'A ZIP with a table for people (CSV) and one for machines (JSON) of every kind. It is made by the server; you are told when it is ready. It is deleted after 7 days.',
        )}
      </SettingRow>
      <Read of={read} rows={1}>
        {(exports) => exports.map((one) => <ExportRow key={one.id} made={one} now={now} />)}
      </Read>
    </div>
  );
}

function ExportRow({ made, now }: { made: AdminItem<'data_export'>; now: number }) {
  const bridge = useBridge();
  const run = useRunOperation();
  const { busy, once } = useOnce();
  const reason = useReason(linkExport.role, 'server');
  const download = async () => {
    const linked = await run(linkExport, { id: made.id });
    if (!linked) return;
    const opened = await bridge.call('host.openLink', { url: linked.link });
    if ('error' in opened) showError(opened.error);
  };
  const words = { waiting: t('Waits its turn'), running: t('Is being made'), done: t('Ready'), failed: t('Failed') };
  const gone = made.expiresAt !== null && made.expiresAt < now;
  return (
    <SettingRow
      title={gone ? t('Deleted after 7 days') : words[made.status]}
      acts={
        made.status === 'done' &&
        !gone && (
          <ReasonButton reason={reason} size="sm" icon={Download} disabled={busy} onClick={() => void once(download)}>
            {t('Download')}
          </ReasonButton>
        )
      }
    >
      <span title={formatFull(made.createdAt)}>
        {t('requested {{when}}', { when: formatPassed(made.createdAt, now) })}
      </span>
      {made.bytes !== null && ` · ${formatBytes(made.bytes)}`}
      {made.message && ` · ${saidInWords(made.message)}`}
    </SettingRow>
  );
}

const ALL = 'all';
const daysLabel = (days: MessageDays) =>
  days === null ? t('All') : days === 365 ? t('1 year') : t('{{count}} days', { count: days });

function MessageDaysRow() {
  const { data: workspace } = useQuery('workspace.get', {});
  const run = useRunOperation();
  const denied = useRoleReason(setMessageDays.role);
  return (
    <div className="set-card">
      <SettingRow
        title={t('Days of messages on computers')}
        acts={
          <span className="field" title={denied ?? undefined}>
            <select
              aria-label={t('Days of messages on computers')}
              disabled={denied !== null || !workspace}
              value={String(workspace?.messageDays ?? ALL)}
              onChange={(event) =>
                void run(setMessageDays, {
                  messageDays: MESSAGE_DAYS.find((one) => String(one) === event.target.value) ?? null,
                })
              }
            >
              {MESSAGE_DAYS.map((one) => (
                <option key={String(one)} value={String(one ?? ALL)}>
                  {daysLabel(one)}
                </option>
              ))}
            </select>
          </span>
        }
      >
        {t('Older ones stay on the server and load on scrolling.')}{' '}
        <Link to="/sync" className="link">
          {t('What this computer keeps')}
        </Link>
      </SettingRow>
    </div>
  );
}

const EraseExplained = () => (
  <div className="set-card">
    <SettingRow
      title={t('When somebody asks to be forgotten')}
      acts={
        <Link to="/contacts" className="btn sm">
          {t('Open contacts')}
        </Link>
      }
    >
      {t(
        'On the contact’s page, under More, an administrator erases them with a reason. Their texts, notes and traces in the history go for good, on every computer. That it was done, when and by whom is kept; where they had opted out, a mark that cannot be read back keeps anybody from writing to them again.',
      )}
    </SettingRow>
  </div>
);
