import { useState } from 'react';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import { deleteLeadStatus } from '../../../../../shared/statuses/status-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

type Status = WorkspaceItem<'lead_status'>;

/** What becomes of the contacts that have it is said before it goes. */
export function DeleteStatus({
  status,
  statuses,
  onClose,
}: {
  status: Status;
  statuses: readonly Status[];
  onClose: () => void;
}) {
  const run = useRunOperation();
  const { busy, once } = useOnce();
  const [to, setTo] = useState('');
  const { data } = useQuery('contacts.matching', {
    rule: { field: 'leadStatus', op: 'among', values: [status.key] },
    sample: 0,
  });
  const remove = async () => {
    if (await run(deleteLeadStatus, { id: status.id, remapTo: to === '' ? null : to })) onClose();
  };
  return (
    <Modal
      title={t('Delete {{name}}?', { name: status.name })}
      description={
        data ? t('{{count}} contacts have this status now.', { count: data.count }) : t('Counting who has it…')
      }
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <div className="grid gap-3">
        <SelectField label={t('They get')} value={to} onChange={(event) => setTo(event.target.value)}>
          <option value="">{t('no status')}</option>
          {statuses
            .filter(({ id, isActive }) => id !== status.id && isActive)
            .map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
        </SelectField>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="danger" disabled={busy} onClick={() => void once(remove)}>
            {t('Delete')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
