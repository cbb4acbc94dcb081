import { parsePhoneNumberWithError, ParseError, type CountryCode } from 'libphonenumber-js/max';
import { z } from 'zod';

/** What became of something a person typed: the value as it is stored, or what is wrong with it in words. */
export type EntryResult = { ok: true; value: string | null } | { ok: false; message: string };

const PROBLEMS: Record<string, string> = {
  NOT_A_NUMBER: 'That is not a phone number. Digits, spaces, dashes and a leading + are understood.',
  INVALID_COUNTRY: 'Start numbers of another country with + and its code.',
  TOO_SHORT: 'Some digits are missing.',
  TOO_LONG: 'There are too many digits.',
};

/**
 * A phone number as typed, to E.164. Numbers without a country code belong to `country` (ISO 3166).
 * Empty text means no number. Numbers no carrier could have handed out are refused.
 */
export function parsePhoneEntry(text: string, country: string): EntryResult {
  if (text.trim() === '') return { ok: true, value: null };
  try {
    const parsed = parsePhoneNumberWithError(text, country as CountryCode);
    if (!parsed.isPossible()) return { ok: false, message: 'The number of digits does not fit this country.' };
    return { ok: true, value: parsed.number };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, message: PROBLEMS[error.message] ?? 'That is not a phone number.' };
  }
}

/** An email address as typed, trimmed and lower case. Empty text means none. */
export function parseEmailEntry(text: string): EntryResult {
  const value = text.trim().toLowerCase();
  if (value === '') return { ok: true, value: null };
  return z.email().max(254).safeParse(value).success
    ? { ok: true, value }
    : { ok: false, message: 'This is not an email address. It needs a name, an @ and a domain.' };
}
