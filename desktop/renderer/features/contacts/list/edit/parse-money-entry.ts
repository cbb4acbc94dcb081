import { t } from '../../../../lib/i18n/t.ts';

const MOST = 1e12;

/**
 * An amount as people type it, to the smallest unit of its currency, which has so many `decimals`: `14,200`, `14.200,50`, `$14 200`, `14.2k`. The last sign with one or two digits behind it is
 * the decimal one. Empty is no amount.
 */
export function parseMoneyEntry(
  text: string,
  decimals = 2,
): { ok: true; cents: number | null } | { ok: false; message: string } {
  const bare = text.replace(/[\s\u00a0\u202f$€£¥]|[A-Z]{3}/g, '');
  if (bare === '') return { ok: true, cents: null };
  const [, digits = '', unit = ''] = /^([\d.,'’]*\d[\d.,'’]*)([km]?)$/i.exec(bare) ?? [];
  if (!digits) return { ok: false, message: t('That is no amount. Digits with a point or a comma are understood.') };
  const decimal = /[.,](\d{1,2})$/.exec(digits) ?? (unit ? /[.,](\d+)$/.exec(digits) : null);
  const whole = decimal ? digits.slice(0, decimal.index) : digits;
  const amount = Number(`${whole.replace(/\D/g, '') || '0'}.${decimal?.[1] ?? '0'}`);
  const times = unit.toLowerCase() === 'k' ? 1_000 : unit.toLowerCase() === 'm' ? 1_000_000 : 1;
  if (amount * times > MOST) return { ok: false, message: t('That is more than can be written down here.') };
  return { ok: true, cents: Math.round(amount * times * 10 ** decimals) };
}
