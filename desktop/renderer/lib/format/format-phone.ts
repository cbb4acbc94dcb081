import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { directionOf } from '../i18n/language.ts';
import { language } from '../i18n/i18n.ts';

const LEFT_TO_RIGHT = '\u2066';
const END_OF_IT = '\u2069';

/**
 * A stored number as people write it: national in the country of the tenant (`(503) 555-0142`), else international
 * (`+44 20 7946 0018`). What cannot be read as a number is given as it is.
 */
export function phoneToEdit(e164: string, country: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed) return e164;
  const home = parsed.country === country || (!parsed.country && country === 'US' && parsed.countryCallingCode === '1');
  return home ? parsed.formatNational() : parsed.formatInternational();
}

/**
 * A stored number to read. Among letters that run from right to left it keeps its own direction,
 * or its brackets and its plus would stand at the wrong end.
 */
export function formatPhone(e164: string, country: string): string {
  const written = phoneToEdit(e164, country);
  return directionOf(language()) === 'rtl' ? `${LEFT_TO_RIGHT}${written}${END_OF_IT}` : written;
}
