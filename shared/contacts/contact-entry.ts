import {
  getCountries,
  getExampleNumber,
  parsePhoneNumberWithError,
  ParseError,
  type CountryCode,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { z } from 'zod';

/** What became of something a person typed: the value as it is stored, or what is wrong with it in words. */
export type EntryResult = { ok: true; value: string | null } | { ok: false; message: string };

const NUMBER_WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

const COUNTRIES = new Set<string>(getCountries());

/** Whether `country` is an ISO 3166 code that has phone numbers. */
export const isPhoneCountry = (country: string): country is CountryCode => COUNTRIES.has(country);

/** Of the right length, and yet nobody's: zeros alone, and North American area codes that begin with 0 or 1 (nanpa.com, read 2026-11). */
const NOBODYS = /^\+(1[01]|\d{1,3}0+$)/;

/**
 * A phone number as typed, to E.164. Numbers without a country code belong to `country` (ISO 3166).
 * Empty text means no number. Lengths that no number of the country has are refused, and the words say by how much.
 */
export function parsePhoneEntry(text: string, country: string): EntryResult {
  if (text.trim() === '') return { ok: true, value: null };
  const home = isPhoneCountry(country) ? country : undefined;
  try {
    const parsed = parsePhoneNumberWithError(text, home);
    if (parsed.isPossible() && !NOBODYS.test(parsed.number)) return { ok: true, value: parsed.number };
    return { ok: false, message: lengthProblem(parsed.nationalNumber, parsed.country ?? home) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, message: parseProblem(error.message, text, home) };
  }
}

function parseProblem(reason: string, text: string, home: CountryCode | undefined): string {
  const isNational = !text.trim().startsWith('+');
  if ((reason === 'TOO_SHORT' || reason === 'TOO_LONG') && isNational)
    return lengthProblem(text.replace(/\D/g, ''), home);
  if (reason === 'TOO_SHORT') return 'Some digits are missing.';
  if (reason === 'TOO_LONG') return 'There are too many digits.';
  if (reason === 'INVALID_COUNTRY') return 'Start numbers of another country with + and a country code that exists.';
  return 'That is not a phone number. Digits, spaces, dashes and a leading + are understood.';
}

function lengthProblem(nationalDigits: string, country: CountryCode | undefined): string {
  const usual = country ? getExampleNumber(country, examples)?.nationalNumber.length : undefined;
  if (!country || !usual) return 'The number of digits does not fit any country.';
  const off = nationalDigits.length - usual;
  const word = NUMBER_WORDS[Math.abs(off)] ?? String(Math.abs(off));
  const have = `${country} numbers have ${usual}.`;
  if (off === 0) return `No ${country} number looks like this. Check the first digits.`;
  return `${word} digit${Math.abs(off) === 1 ? '' : 's'} ${off < 0 ? 'short' : 'too many'}. ${have}`;
}

/** Made once: a file has hundreds of thousands of addresses. */
const EMAIL = z.email().max(254);

/** An email address as typed, trimmed and lower case. Empty text means none. */
export function parseEmailEntry(text: string): EntryResult {
  const value = text.trim().toLowerCase();
  if (value === '') return { ok: true, value: null };
  return EMAIL.safeParse(value).success
    ? { ok: true, value }
    : { ok: false, message: 'This is not an email address. It needs a name, an @ and a domain.' };
}
