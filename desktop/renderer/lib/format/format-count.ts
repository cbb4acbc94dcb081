import { numberIn } from './number-in.ts';
import { locale } from '../i18n/i18n.ts';

/** Exact, with the separators and digits of the language: `248,312`, `248.312`. */
export const formatCount = (count: number): string => numberIn(locale(), count);

/** A share of one as a percentage without decimals. */
export const formatPercent = (share: number): string =>
  numberIn(locale(), share, { style: 'percent', maximumFractionDigits: 0 });
