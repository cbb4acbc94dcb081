import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';

const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** Every country with telephones, by name, with its calling code. */
export const COUNTRIES: readonly { code: string; name: string }[] = getCountries()
  .map((code) => ({ code, name: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})` }))
  .toSorted((a, b) => a.name.localeCompare(b.name));
