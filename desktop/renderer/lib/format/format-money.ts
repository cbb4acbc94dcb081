import { locale } from '../i18n/i18n.ts';
import { numberIn } from './number-in.ts';

/** Decimal places of a currency: yen have none, dinars three. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount in the smallest unit as people type it, without signs and separators: `14200`, `14200.5`. */
export const moneyToEdit = (minorUnits: number | null, currency: string): string =>
  minorUnits === null ? '' : String(minorUnits / 10 ** decimalsOf(currency));

/**
 * An amount in the smallest unit of its currency (`priceCents`), as the language writes it: `$14,200`, `14.200 €`, `−$2,000`.
 * Whole amounts stand without cents. A currency other than that of the workspace shows its code.
 */
export function formatMoney(minorUnits: number, currency: string, workspaceCurrency = currency): string {
  const amount = minorUnits / 10 ** decimalsOf(currency);
  const written = numberIn(locale(), amount, {
    style: 'currency',
    currency,
    currencyDisplay: currency === workspaceCurrency ? 'narrowSymbol' : 'code',
    trailingZeroDisplay: 'stripIfInteger',
  });
  return written.replace('-', '−');
}

/** An estimate, where a part of the unit would only pretend to be exact. */
export const formatMoneyWhole = (minorUnits: number, currency: string): string => {
  const unit = 10 ** decimalsOf(currency);
  return formatMoney(Math.round(minorUnits / unit) * unit, currency);
};

/** The same in short for heads of columns, where cents and hundreds do not matter: `$1.04m`, `1,04 M€`. */
export function formatMoneyShort(minorUnits: number, currency: string): string {
  const written = numberIn(locale(), minorUnits / 10 ** decimalsOf(currency), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  return locale().startsWith('en') ? written.replace(/[KMB]$/, (letter) => letter.toLowerCase()) : written;
}
