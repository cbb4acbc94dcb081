import { useState } from 'react';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import {
  createLeadStatus,
  deleteLeadStatus,
  reorderLeadStatuses,
  updateLeadStatus,
} from '../../../../../shared/statuses/status-operations.ts';
import { statusIdOf } from '../../../../../shared/statuses/lead-status.ts';
import { statusKeyOf } from '../../../../../shared/contacts/contact.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation, useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useIdentity } from '../../../lib/use-identity.ts';
import { Switch } from '../../../ui/controls/switch.tsx';
import { useDragOrder, type DragPlace } from '../../../ui/controls/use-drag-order.ts';
import { RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { ColorField } from './color-field.tsx';
import { DeleteWithHeirs } from './delete-with-heirs.tsx';
import { NameForm } from './name-form.tsx';
import { OrderRow } from './order-row.tsx';
import { lastPlace, moved } from './place-order.ts';

type Status = WorkspaceItem<'lead_status'>;

/** How far a contact has come, in the workspace's own words. */
export function StatusesSection() {
  const read = useQuery('contacts.setup', {});
  const send = useOperation();
  const run = useRunOperation();
  const tenantId = useIdentity()?.tenantId ?? '';
  const denied = useRoleReason(createLeadStatus.role);
  const [deleting, setDeleting] = useState<Status | null>(null);
  const statuses = read.data?.statuses ?? [];
  const move = (from: number, to: number) => {
    const order = moved(statuses, from, to);
    void run(reorderLeadStatuses, { ids: order.map(({ id }) => id), statuses: order.map(toFields) });
  };
  const drag = useDragOrder(move);
  return (
    <SettingPage
      title={t('Lead statuses')}
      lead={t('Contacts keep a status that is switched off; nobody is given it any more.')}
    >
      <RoleNote role={createLeadStatus.role} />
      <SettingPart title={t('Statuses')}>
        <Read of={read}>
          {() => (
            <ul className="set-card set-list">
              {statuses.map((status, place) => (
                <StatusRow
                  key={status.id}
                  status={status}
                  place={place}
                  count={statuses.length}
                  denied={denied}
                  drag={drag(place)}
                  onMove={(to) => move(place, to)}
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
          submit={async (name) => {
            const key = statusKeyOf(name);
            const same = statuses.find((status) => status.key === key || statusKeyOf(status.name) === key);
            if (same)
              return { error: { code: 'conflict', message: t('{{name}} is there already.', { name: same.name }) } };
            const id = statusIdOf(tenantId, key);
            return send(createLeadStatus, { id, name, color: '#6b7280', displayOrder: lastPlace(statuses) });
          }}
        />
      </SettingPart>
      {deleting && (
        <DeleteWithHeirs
          name={deleting.name}
          rule={{ field: 'leadStatus', op: 'among', values: [deleting.key] }}
          haveWords={(count) => t('{{count}} contacts have this status now.', { count })}
          heirs={[
            {
              group: null,
              heirs: statuses
                .filter(({ id, isActive }) => id !== deleting.id && isActive)
                .map(({ key, name }) => ({ value: key, label: name })),
            },
          ]}
          none={t('no status')}
          onClose={() => setDeleting(null)}
          onDelete={async (remapTo) => (await run(deleteLeadStatus, { id: deleting.id, remapTo })) !== null}
        />
      )}
    </SettingPage>
  );
}

/** A status as commands take it. */
const toFields = (status: Status) => ({ ...status, metadata: status.metadata as Record<string, unknown> | null });

type RowProps = {
  status: Status;
  place: number;
  count: number;
  denied: string | null;
  drag: DragPlace;
  onMove: (to: number) => void;
  onDelete: () => void;
};

function StatusRow({ status, place, count, denied, drag, onMove, onDelete }: RowProps) {
  const run = useRunOperation();
  const { isSystem, name, color, isActive } = status;
  const change = (fields: Partial<Pick<Status, 'name' | 'color' | 'isActive'>>) =>
    void run(updateLeadStatus, { ...toFields(status), ...fields });
  return (
    <OrderRow
      name={name}
      denied={denied}
      place={place}
      count={count}
      maxLength={60}
      drag={drag}
      onRename={(next) => change({ name: next })}
      onMove={onMove}
      {...(isSystem ? {} : { onDelete })}
      before={<ColorField name={name} color={color} denied={denied} onChoose={(next) => change({ color: next })} />}
      after={
        <>
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
