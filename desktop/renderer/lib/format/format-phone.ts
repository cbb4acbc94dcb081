import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A stored number as people read it: national in the country of the tenant (`(503) 555-0142`), else international
 * (`+44 20 7946 0018`). What cannot be read as a number is shown as it is.
 */
export function formatPhone(e164: string, country: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed) return e164;
  const home = parsed.country === country || (!parsed.country && country === 'US' && parsed.countryCallingCode === '1');
  return home ? parsed.formatNational() : parsed.formatInternational();
}
