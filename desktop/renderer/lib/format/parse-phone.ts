import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** What somebody typed as a number in E.164, read as from this country; null when it is none. */
export const parsePhone = (text: string, country: string): string | null =>
  parsePhoneNumberFromString(text, country as CountryCode)?.number ?? null;
