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
import { SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
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
  const [name, setName] = useState(group.name);
  const [deleting, setDeleting] = useState(false);
  const { data } = useQuery('contacts.matching', { rule: { field: 'groups', op: 'any', ids: [group.id] }, sample: 0 });
  return (
    <li className="set-row">
      <span className="field what">
        <input
          aria-label={t('Name of {{name}}', { name: group.name })}
          value={name}
          maxLength={100}
          disabled={denied !== null}
          onChange={(event) => setName(event.target.value)}
          onBlur={() => {
            if (!name.trim()) setName(group.name);
            else if (name.trim() !== group.name)
              void run(updateGroup, { id: group.id, name: name.trim(), description: group.description });
          }}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      </span>
      <span className="num text-small text-ink-3">{t('{{count}} contacts', { count: data?.count ?? 0 })}</span>
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
