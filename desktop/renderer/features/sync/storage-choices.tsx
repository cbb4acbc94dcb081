import type { ArgsOf } from '../../../../shared/bridge/bridge-contract.ts';
import type { StorageInspection } from '../../../../shared/bridge/sync-inspection.ts';
import { MESSAGE_DAYS, type MessageDays } from '../../../../shared/workspace/message-days.ts';
import { setMessageDays } from '../../../../shared/workspace/workspace-operations.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useMay } from '../../lib/use-identity.ts';
import { useRunCommand } from '../../lib/use-command.ts';
import { formatBytes } from '../../lib/format/format-bytes.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { FieldError, SelectField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { t } from '../../lib/i18n/t.ts';
import { showError } from '../../ui/toaster.tsx';

const GB = 1_000_000_000;
const QUOTAS = [1, 2, 5, 10, 20, 50].map((gb) => gb * GB);
const ALL = 'all';

const daysLabel = (days: MessageDays) =>
  days === null ? t('All') : days === 365 ? t('1 year') : t('{{count}} days', { count: days });

/** How much of the workspace this computer keeps, and how large it may grow. */
export function StorageChoices({ storage }: { storage: StorageInspection }) {
  const bridge = useBridge();
  const choose = async (choice: ArgsOf<'storage.choose'>) => {
    const reply = await bridge.call('storage.choose', choice);
    if ('error' in reply) showError(reply.error);
  };
  const { fileBytes, logBytes, freeBytes, quotaBytes, chosenDays } = storage;
  const used = fileBytes + logBytes - freeBytes;
  const over = quotaBytes !== null && used > quotaBytes && storage.olderMessages === 0;
  return (
    <div className="panel grid gap-4 p-3.5">
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2">
        <Figure label={t('On disk')} value={formatBytes(fileBytes + logBytes)} />
        <Figure label={t('of it log')} value={formatBytes(logBytes)} />
        <Figure label={t('of it free, used again')} value={formatBytes(freeBytes)} />
        <Figure label={t('Messages here')} value={formatCount(storage.messages)} />
        <Figure label={t('Older ones loaded')} value={formatCount(storage.olderMessages)} />
      </div>
      <div className="grid gap-1.5">
        <span className="text-small text-ink-2">{t('Messages kept on this computer')}</span>
        <div>
          <Segmented
            label={t('Messages kept on this computer')}
            value={chosenDays === null ? ALL : String(chosenDays)}
            segments={MESSAGE_DAYS.map((days) => ({
              value: days === null ? ALL : String(days),
              label: daysLabel(days),
            }))}
            onChoose={(value) =>
              void choose({ messageDays: MESSAGE_DAYS.find((days) => String(days) === value) ?? null })
            }
          />
        </div>
        <p className="text-small text-ink-3">{windowWords(storage)}</p>
      </div>
      <WorkspaceLimit days={storage.workspaceDays} />
      <div className="grid gap-1.5">
        <div className="max-w-[220px]">
          <SelectField
            label={t('Most that the data may take')}
            value={quotaBytes === null ? '' : String(quotaBytes)}
            onChange={({ target }) => void choose({ quotaBytes: target.value === '' ? null : Number(target.value) })}
          >
            <option value="">{t('No limit')}</option>
            {quotasWith(quotaBytes).map((bytes) => (
              <option key={bytes} value={bytes}>
                {formatBytes(bytes)}
              </option>
            ))}
          </SelectField>
        </div>
        {over && (
          <FieldError
            message={t(
              'The data takes {{size}} even without older messages. Keep fewer days of messages, or allow more.',
              { size: formatBytes(used) },
            )}
          />
        )}
        <p className="text-small text-ink-3">
          {quotaBytes === null
            ? t('Nothing is dropped for want of room.')
            : t(
                'When the data grows past it, older messages that were loaded go first, the conversations you have not read for longest. They load again when you scroll to them. Nothing else is dropped.',
              )}{' '}
          {t('Freed space is used again; rebuilding gives it back to the disk.')}
        </p>
      </div>
    </div>
  );
}

/** For administrators: what every computer of the workspace keeps at most. */
function WorkspaceLimit({ days }: { days: number | null }) {
  const may = useMay(setMessageDays.role);
  const run = useRunCommand();
  if (!may) return null;
  const choose = (messageDays: MessageDays) => run({ name: 'workspace.setMessageDays', input: { messageDays } });
  return (
    <div className="max-w-[220px]">
      <SelectField
        label={t('Most that any computer of the workspace keeps')}
        value={String(days ?? ALL)}
        onChange={({ target }) => void choose(MESSAGE_DAYS.find((one) => String(one) === target.value) ?? null)}
      >
        {MESSAGE_DAYS.map((one) => (
          <option key={String(one)} value={String(one ?? ALL)}>
            {daysLabel(one)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** What can be chosen, and what was chosen with another version. */
const quotasWith = (chosen: number | null): number[] =>
  [...new Set([...QUOTAS, ...(chosen === null ? [] : [chosen])])].toSorted((a, b) => a - b);

const Figure = ({ label, value }: { label: string; value: string }) => (
  <div>
    <div className="num text-title med">{value}</div>
    <div className="text-micro text-ink-3">{label}</div>
  </div>
);

function windowWords({ chosenDays, workspaceDays }: StorageInspection): string {
  const days = Math.min(chosenDays ?? Infinity, workspaceDays ?? Infinity);
  if (days === Infinity) return t('All messages of the workspace are on this computer.');
  const limited = workspaceDays !== null && workspaceDays < (chosenDays ?? Infinity);
  return [
    t('Messages of the last {{count}} days, back to the start of that month, are on this computer.', { count: days }),
    limited && t('The workspace lets computers keep no more than {{count}} days.', { count: workspaceDays }),
    t('Older ones are on the server: they load when you scroll to them online, and stay.'),
  ]
    .filter(Boolean)
    .join(' ');
}
