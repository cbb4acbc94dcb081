import { locale } from '../i18n/i18n.ts';
import { numberIn } from './number-in.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `812 kB`, `1.2 GB`: decimal units as disks are sold, one decimal below ten. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  const digits = step > 0 && value < 9.95 ? 1 : 0;
  return numberIn(locale(), value, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    // "999 byte" is how the short form reads in English
    unitDisplay: step === 0 ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
