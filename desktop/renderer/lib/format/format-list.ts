import { locale } from '../i18n/i18n.ts';

/** `a, b and c` as the language joins them, or `a, b or c`. */
export const formatList = (items: readonly string[], joint: 'and' | 'or' = 'and'): string =>
  new Intl.ListFormat(locale(), { type: joint === 'and' ? 'conjunction' : 'disjunction' }).format(items);

/** Values side by side, without a last "and": `a, b, c`. */
export const formatSeries = (items: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'unit' }).format(items);
