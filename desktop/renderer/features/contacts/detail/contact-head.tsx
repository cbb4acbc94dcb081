import type { ContactDetail } from '../../../../../shared/bridge/contacts-contract.ts';
import { contactName } from '../../../lib/contacts/contact-name.ts';
import { formatPhone } from '../../../lib/format/format-phone.ts';
import { useCountry } from '../../../lib/use-identity.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { SyncRing } from '../../../ui/sync-ring.tsx';

/** Who this is: initials, name, phone and company. Copying the phone gives the stored number. */
export function ContactHead({ contact, level: Heading = 'h1' }: { contact: ContactDetail; level?: 'h1' | 'h2' }) {
  const country = useCountry();
  const name = contactName(contact);
  return (
    <div className="flex items-center gap-3">
      <Avatar name={name} size="l" />
      <div className="min-w-0 flex-1">
        <Heading className="display-name flex items-center gap-2">
          <span className="trunc">{name}</span>
          <SyncRing pending={contact.sync.pending.length > 0} refused={contact.sync.refused} />
        </Heading>
        <p className="trunc text-small text-ink-2">
          {contact.phone && (
            <span
              className="num"
              onCopy={(event) => {
                event.clipboardData.setData('text/plain', contact.phone ?? '');
                event.preventDefault();
              }}
            >
              {formatPhone(contact.phone, country)}
            </span>
          )}
          {contact.phone && contact.company && ' · '}
          {contact.company}
        </p>
      </div>
      {contact.optedOut && (
        <span className="badge" data-tone="warning">
          {t('Opted out')}
        </span>
      )}
    </div>
  );
}
