import { Command } from 'cmdk';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { contactName } from '../../../lib/contacts/contact-name.ts';
import { formatPhone } from '../../../lib/format/format-phone.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useCountry } from '../../../lib/use-identity.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Modal } from '../../../ui/modal.tsx';

const SHOWN = 8;

/** Finds the contact that is the same person as this one. */
export function MergeWith({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const navigate = useNavigate();
  const country = useCountry();
  const [text, setText] = useState('');
  const sought = text.trim();
  const asked = { text: sought, limit: SHOWN + 1, kinds: ['contact' as const] };
  const { data } = useQuery('search.everywhere', asked, { enabled: sought !== '', keep: true });
  const found = (data?.hits ?? [])
    .flatMap((hit) => (hit.kind === 'contact' && hit.contact.id !== id ? [hit.contact] : []))
    .slice(0, SHOWN);
  return (
    <Modal
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Merge {{name}} with…', { name })}
      description={t('You see both side by side before anything is merged.')}
    >
      <Command shouldFilter={false} label={t('Find the other contact')}>
        <div className="field mb-1">
          <Command.Input
            autoFocus
            value={text}
            onValueChange={setText}
            placeholder={t('Name, number, email or company')}
          />
        </div>
        <Command.List label={t('Contacts')}>
          {sought !== '' &&
            found.map((contact) => (
              <Command.Item
                key={contact.id}
                value={contact.id}
                className="menu-item"
                onSelect={() =>
                  void navigate({
                    to: '/duplicates/$keepId/$mergeId',
                    params: { keepId: id, mergeId: contact.id },
                  })
                }
              >
                <span className="trunc">{contactName(contact)}</span>
                <span className="push trunc text-small text-ink-3">
                  {[contact.company, contact.phone && formatPhone(contact.phone, country)].filter(Boolean).join(' · ')}
                </span>
              </Command.Item>
            ))}
          {sought !== '' && data && found.length === 0 && (
            <p className="menu-label">{t('Nobody else is found by that.')}</p>
          )}
        </Command.List>
      </Command>
    </Modal>
  );
}
