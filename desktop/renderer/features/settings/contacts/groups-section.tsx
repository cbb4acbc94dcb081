import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { newId } from '../../../../../shared/kernel/ids.ts';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import { createGroup, deleteGroup, updateGroup } from '../../../../../shared/contacts/group-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation, useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { NameField } from './name-field.tsx';
import { NameForm } from './name-form.tsx';

/** Lists of contacts put together by hand. */
export function GroupsSection() {
  const read = useQuery('contacts.setup', {});
  const send = useOperation();
  const denied = useRoleReason(createGroup.role);
  return (
    <SettingPage
      title={t('Groups')}
      lead={t('Contacts are put into a group by hand; whoever meets a rule is a segment.')}
    >
      <RoleNote role={createGroup.role} />
      <SettingPart title={t('Groups')}>
        <Read of={read}>
          {({ groups }) =>
            groups.length === 0 ? (
              <p className="text-small text-ink-3">{t('There is no group yet.')}</p>
            ) : (
              <ul className="set-card set-list">
                {groups.map((group) => (
                  <GroupRow key={group.id} group={group} denied={denied} />
                ))}
              </ul>
            )
          }
        </Read>
      </SettingPart>
      <SettingPart title={t('Another group')}>
        <NameForm
          label={t('Name')}
          action={t('Add the group')}
          denied={denied}
          submit={(name) => send(createGroup, { id: newId(), name })}
        />
      </SettingPart>
    </SettingPage>
  );
}

function GroupRow({ group, denied }: { group: WorkspaceItem<'group'>; denied: string | null }) {
  const run = useRunOperation();
  const mayNotDelete = useRoleReason(deleteGroup.role);
  const [deleting, setDeleting] = useState(false);
  const { data } = useQuery('contacts.matching', { rule: { field: 'groups', op: 'any', ids: [group.id] }, sample: 0 });
  return (
    <li className="set-row">
      <NameField
        name={group.name}
        denied={denied}
        onRename={(name) => void run(updateGroup, { id: group.id, name, description: group.description })}
      />
      <span className="num text-small text-ink-3">{data ? t('{{count}} contacts', { count: data.count }) : '…'}</span>
      <IconButton
        size="sm"
        icon={Trash2}
        label={mayNotDelete ?? t('Delete {{name}}', { name: group.name })}
        disabled={mayNotDelete !== null}
        onClick={() => setDeleting(true)}
      />
      <Confirm
        open={deleting}
        onOpenChange={setDeleting}
        title={t('Delete {{name}}?', { name: group.name })}
        description={t('Its contacts stay.')}
        confirmLabel={t('Delete')}
        onConfirm={() => void run(deleteGroup, { id: group.id })}
      />
    </li>
  );
}
