import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import { t } from '../i18n/t.ts';

type Named = Parameters<typeof contactDisplayName>[0];

/** The name people see; somebody of whom nothing is known is called that in the language of the reader. */
export function contactName(contact: Named): string {
  const { firstName, lastName, phone, email } = contact;
  return firstName || lastName || phone || email ? contactDisplayName(contact) : t('No name');
}
