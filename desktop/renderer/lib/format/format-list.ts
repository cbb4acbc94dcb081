import { locale } from '../i18n/i18n.ts';

/** `a, b and c` as the language joins them. */
export const formatList = (items: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items);

/** Values side by side, without a last "and": `a, b, c`. */
export const formatSeries = (items: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'unit' }).format(items);
