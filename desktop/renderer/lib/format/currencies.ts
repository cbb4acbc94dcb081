import { language } from '../i18n/i18n.ts';

/** Every currency in use, by its name in the language of the reader. */
export function currencies(): readonly { code: string; name: string }[] {
  const names = new Intl.DisplayNames([language(), 'en'], { type: 'currency' });
  return Intl.supportedValuesOf('currency')
    .map((code) => ({ code, name: `${names.of(code) ?? code} (${code})` }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language()));
}
