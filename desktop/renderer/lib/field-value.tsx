import { showValue } from './format/format-field.ts';
import { formatPhone } from './format/format-phone.ts';
import { t } from './i18n/t.ts';
import { useCountry } from './use-identity.ts';
import { useQuery } from './use-query.ts';

/** Owners, statuses and phones are stored as nobody reads them. */
export function FieldValue({ field, value }: { field: string; value: unknown }) {
  const country = useCountry();
  const { data: members = [] } = useQuery('members.list', {}, { enabled: field === 'ownerId' });
  const { data: setup } = useQuery('contacts.setup', {}, { enabled: field === 'leadStatus' });
  const status = field === 'leadStatus' && setup?.statuses.find(({ key }) => key === value);
  if (status) return status.name;
  if (field === 'ownerId' && value !== null) return members.find(({ id }) => id === value)?.name ?? t('a teammate');
  if (field === 'phone' && typeof value === 'string') return formatPhone(value, country);
  return showValue(value, field);
}
