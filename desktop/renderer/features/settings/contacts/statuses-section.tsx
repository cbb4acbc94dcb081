import { useState } from 'react';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import {
  createLeadStatus,
  reorderLeadStatuses,
  updateLeadStatus,
} from '../../../../../shared/statuses/status-operations.ts';
import { colorProblem } from '../../../../../shared/statuses/status-color.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation, useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Switch } from '../../../ui/controls/switch.tsx';
import { FieldError } from '../../../ui/field.tsx';
import { RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { DeleteStatus } from './delete-status.tsx';
import { NameForm } from './name-form.tsx';
import { OrderRow } from './order-row.tsx';

type Status = WorkspaceItem<'lead_status'>;

/** How far a contact has come, in the workspace's own words. */
export function StatusesSection() {
  const read = useQuery('contacts.setup', {});
  const send = useOperation();
  const run = useRunOperation();
  const denied = useRoleReason(createLeadStatus.role);
  const [deleting, setDeleting] = useState<Status | null>(null);
  return (
    <SettingPage
      title={t('Lead statuses')}
      lead={t('Contacts keep a status that is switched off; nobody is given it any more.')}
    >
      <RoleNote role={createLeadStatus.role} />
      <SettingPart title={t('Statuses')}>
        <Read of={read}>
          {({ statuses }) => (
            <ul className="set-card set-list">
              {statuses.map((status, place) => (
                <StatusRow
                  key={status.id}
                  status={status}
                  place={place}
                  count={statuses.length}
                  denied={denied}
                  onMove={(by) => {
                    const ids = statuses.map(({ id }) => id);
                    const [moved] = ids.splice(place, 1);
                    if (moved) void run(reorderLeadStatuses, { ids: ids.toSpliced(place + by, 0, moved) });
                  }}
                  onDelete={() => setDeleting(status)}
                />
              ))}
            </ul>
          )}
        </Read>
      </SettingPart>
      <SettingPart title={t('A status of your own')}>
        <NameForm
          label={t('Name')}
          action={t('Add the status')}
          denied={denied}
          submit={(name) => send(createLeadStatus, { name, color: '#6b7280' })}
        />
      </SettingPart>
      {deleting && (
        <DeleteStatus status={deleting} statuses={read.data?.statuses ?? []} onClose={() => setDeleting(null)} />
      )}
    </SettingPage>
  );
}

type RowProps = {
  status: Status;
  place: number;
  count: number;
  denied: string | null;
  onMove: (by: -1 | 1) => void;
  onDelete: () => void;
};

function StatusRow({ status, place, count, denied, onMove, onDelete }: RowProps) {
  const run = useRunOperation();
  const [problem, setProblem] = useState<string | null>(null);
  const { id, key, isSystem, name, description, color, displayOrder, isActive } = status;
  const change = (fields: Partial<Pick<Status, 'name' | 'color' | 'isActive'>>) =>
    void run(updateLeadStatus, {
      id,
      key,
      isSystem,
      name,
      description,
      color,
      displayOrder,
      isActive,
      metadata: status.metadata as Record<string, unknown> | null,
      ...fields,
    });
  return (
    <OrderRow
      name={name}
      denied={denied}
      place={place}
      count={count}
      onRename={(next) => change({ name: next })}
      onMove={onMove}
      {...(isSystem ? {} : { onDelete })}
      before={
        <input
          type="color"
          className="swatch"
          aria-label={t('Colour of {{name}}', { name })}
          value={color}
          disabled={denied !== null}
          onChange={(event) => {
            const wrong = colorProblem(event.target.value);
            setProblem(wrong);
            if (!wrong) change({ color: event.target.value });
          }}
        />
      }
      after={
        <>
          {problem && <FieldError message={saidInWords(problem)} />}
          {isSystem && <span className="badge">{t('of Switchboard')}</span>}
          <Switch
            bare
            label={t('{{name}} can be given', { name })}
            checked={isActive}
            disabled={denied !== null}
            onChange={(on) => change({ isActive: on })}
          />
        </>
      }
    />
  );
}
