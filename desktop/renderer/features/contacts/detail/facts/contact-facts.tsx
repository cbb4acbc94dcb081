import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { formatFull, formatMoment } from '../../../../lib/format/format-time.ts';
import { useNow } from '../../../../lib/use-now.ts';
import { ContactProperties } from '../contact-properties.tsx';
import { ContactTags } from '../contact-tags.tsx';
import { ContactAttributes } from './contact-attributes.tsx';
import { ContactConsent } from './contact-consent.tsx';
import { ContactGroups } from './contact-groups.tsx';

/** All that is known of a contact, part by part, each value changed where it stands. */
export function ContactFacts({ contact }: { contact: ContactDetail }) {
  const now = useNow();
  return (
    <>
      <section className="sect" aria-label={t('Properties')}>
        <ContactProperties contact={contact} />
      </section>
      <section className="sect" aria-label={t('Tags')}>
        <h2 className="h-sect">{t('Tags')}</h2>
        <ContactTags contact={contact} />
      </section>
      <section className="sect" aria-label={t('Groups')}>
        <h2 className="h-sect">{t('Groups')}</h2>
        <ContactGroups contact={contact} />
      </section>
      <section className="sect" aria-label={t('Consent')}>
        <h2 className="h-sect">{t('Consent')}</h2>
        <ContactConsent key={contact.id} contact={contact} />
      </section>
      <section className="sect" aria-label={t('Own fields')}>
        <h2 className="h-sect">{t('Own fields')}</h2>
        <ContactAttributes contact={contact} />
      </section>
      {contact.aiContext && (
        <section className="sect" aria-label={t('What the assistant knows')}>
          <h2 className="h-sect">
            {t('What the assistant knows')}
            {contact.aiContextUpdatedAt !== null && (
              <time title={formatFull(contact.aiContextUpdatedAt)}>
                {formatMoment(contact.aiContextUpdatedAt, now)}
              </time>
            )}
          </h2>
          <p className="whitespace-pre-wrap">{contact.aiContext}</p>
        </section>
      )}
    </>
  );
}
