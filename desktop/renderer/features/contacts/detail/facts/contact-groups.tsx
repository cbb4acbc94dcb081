import { Plus, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import { useOfferUndo } from '../../../../lib/actions/undo.tsx';
import { t } from '../../../../lib/i18n/t.ts';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { useRunCommand } from '../../../../lib/use-command.ts';
import { useMay } from '../../../../lib/use-identity.ts';
import { GroupChoice } from '../../list/selection/bulk-choices.tsx';

/** The groups and fixed segments a contact is in. Taking it out of one can be undone. */
export function ContactGroups({ contact }: { contact: Pick<ContactDetail, 'id' | 'groupIds'> }) {
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  const mayEdit = useMay('AGENT');
  const { groups, segments } = useContactSetup();
  const [open, setOpen] = useState(false);
  const nameOf = (id: string) =>
    [...groups, ...segments].find((group) => group.id === id)?.name ?? t('deleted', { context: 'a thing' });
  const add = (groupId: string) =>
    void run({ name: 'contacts.addToGroup', input: { groupId, contactIds: [contact.id] } });
  const remove = async (groupId: string) => {
    const done = await run({ name: 'contacts.removeFromGroup', input: { groupId, contactIds: [contact.id] } });
    if (done) offerUndo({ label: t('Taken out of {{name}}', { name: nameOf(groupId) }), undo: () => add(groupId) });
  };
  return (
    <div className="flex flex-wrap items-center gap-1">
      {contact.groupIds.map((id) => (
        <span key={id} className="tag">
          {nameOf(id)}
          {mayEdit && (
            <button
              type="button"
              className="tag-remove"
              aria-label={t('Take out of {{name}}', { name: nameOf(id) })}
              onClick={() => void remove(id)}
            >
              <X size={11} aria-hidden="true" />
            </button>
          )}
        </span>
      ))}
      {!mayEdit && contact.groupIds.length === 0 && <span className="text-small text-ink-3">{t('In no group')}</span>}
      {mayEdit && (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger className="btn ghost sm">
            <Plus size={14} aria-hidden="true" />
            {t('Group')}
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className="menu w-60"
              align="start"
              sideOffset={4}
              collisionPadding={8}
              aria-label={t('Put into a group')}
            >
              <GroupChoice
                onPick={({ id }) => {
                  setOpen(false);
                  if (!contact.groupIds.includes(id)) add(id);
                }}
              />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </div>
  );
}
