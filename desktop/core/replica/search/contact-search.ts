import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import type { Cell } from '../cells.ts';

const CALLING_CODES = new Set<string>(getCountries().map((country) => getCountryCallingCode(country)));

/** Digits of an E.164 number without its country code, so that `555 0100` finds `+1 415 555 0100` by the way people know it. */
export function nationalDigits(digits: string): string {
  // No calling code is the beginning of another one.
  for (const length of [1, 2, 3]) if (CALLING_CODES.has(digits.slice(0, length))) return digits.slice(length);
  return digits;
}

/** The calling code that an E.164 number begins with, digits alone; empty for none. */
export const callingCode = (e164: string): string => {
  const digits = e164.replace(/\D/g, '');
  return digits.slice(0, digits.length - nationalDigits(digits).length);
};

/** What a contact is sorted by: the name as people read it, else company, e-mail or phone. */
export function contactNameKey(first: Cell, last: Cell, company: Cell, email: Cell, phone: Cell): string {
  const name = [first, last].filter(Boolean).join(' ');
  return toSearchText(name || String(company ?? email ?? phone ?? ''));
}

/** Everything a contact is found by, in one normalised text. */
export function contactSearch(first: Cell, last: Cell, company: Cell, email: Cell, phone: Cell): string {
  const digits = typeof phone === 'string' ? phone.replace(/\D/g, '') : '';
  const parts = [first, last, company, email].filter((part) => typeof part === 'string');
  return toSearchText([...parts, ...(digits ? [digits, nationalDigits(digits)] : [])].join(' '));
}
