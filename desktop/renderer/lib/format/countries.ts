import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { language } from '../i18n/i18n.ts';

type Country = { code: string; name: string };

const byLanguage = new Map<string, readonly Country[]>();

/** Every country with telephones, by its name in the language of the reader, with its calling code. */
export function countries(): readonly Country[] {
  const reader = language();
  const known = byLanguage.get(reader);
  if (known) return known;
  const names = new Intl.DisplayNames([reader, 'en'], { type: 'region' });
  const sorted = getCountries()
    .map((code) => ({ code, name: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})` }))
    .toSorted((a, b) => a.name.localeCompare(b.name, reader));
  byLanguage.set(reader, sorted);
  return sorted;
}
