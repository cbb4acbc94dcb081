import { contactFields } from '../../../../shared/contacts/contact.ts';
import { t } from '../../lib/i18n/t.ts';
import { parseEmailEntry, parsePhoneEntry } from '../../../../shared/contacts/contact-entry.ts';

/** The fields people edit as text. */
export type TextField =
  | 'firstName'
  | 'lastName'
  | 'company'
  | 'phone'
  | 'email'
  | 'leadScore'
  | 'source'
  | 'locale'
  | 'timezone';

type Parsed = { ok: true; value: string | number | null } | { ok: false; message: string };

/** What was typed into a field, as it is stored, or what is wrong with it in words. Empty means emptied. */
export function parseFieldEntry(field: TextField, text: string, country: string): Parsed {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: null };
  if (field === 'phone') return parsePhoneEntry(trimmed, country);
  if (field === 'email') return parseEmailEntry(trimmed);
  if (field === 'leadScore') {
    return /^\d{1,3}$/.test(trimmed) && Number(trimmed) <= 100
      ? { ok: true, value: Number(trimmed) }
      : { ok: false, message: t('A score is a whole number from 0 to 100.') };
  }
  const checked = contactFields.shape[field].safeParse(trimmed);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, message: t('That is too long: {{count}} characters do not fit.', { count: trimmed.length }) };
}
