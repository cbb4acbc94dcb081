import { locale } from '../i18n/i18n.ts';
import { numberIn } from './number-in.ts';

/**
 * An amount in the smallest unit of its currency (`priceCents`), as the language writes it: `$14,200`, `14.200 €`, `−$2,000`.
 * Whole amounts stand without cents. A currency other than that of the workspace shows its code.
 */
export function formatMoney(minorUnits: number, currency: string, workspaceCurrency = currency): string {
  const { maximumFractionDigits: decimals = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const amount = minorUnits / 10 ** decimals;
  const written = numberIn(locale(), amount, {
    style: 'currency',
    currency,
    currencyDisplay: currency === workspaceCurrency ? 'narrowSymbol' : 'code',
    trailingZeroDisplay: 'stripIfInteger',
  });
  return written.replace('-', '−');
}

/** The same in short for heads of columns, where cents and hundreds do not matter: `$1.04m`, `1,04 M€`. */
export function formatMoneyShort(minorUnits: number, currency: string): string {
  const { maximumFractionDigits: decimals = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const written = numberIn(locale(), minorUnits / 10 ** decimals, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  return locale().startsWith('en') ? written.replace(/[KMB]$/, (letter) => letter.toLowerCase()) : written;
}
