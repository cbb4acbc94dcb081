import { t } from '../../../../lib/i18n/t.ts';

export type AttributeKind = 'text' | 'number' | 'date' | 'choice' | 'boolean' | 'object';
type Parsed = { ok: true; value: unknown } | { ok: false; message: string };

/** What an attribute is that nobody defined: as its value is. */
export function kindOfValue(value: unknown): AttributeKind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'object' && value !== null ? 'object' : 'text';
}

/** What was typed, as it is stored, or what is wrong with it in words. Empty takes the attribute away. */
export function parseAttribute(kind: AttributeKind, typed: string): Parsed {
  const text = typed.trim();
  if (text === '') return { ok: true, value: null };
  if (kind === 'number') {
    const value = Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
    return Number.isFinite(value) ? { ok: true, value } : { ok: false, message: t('This is not a number.') };
  }
  if (kind === 'date') return parseDate(text);
  if (kind === 'object') return parseObject(text);
  return { ok: true, value: text };
}

function parseDate(text: string): Parsed {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  const isDay = at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  return isDay ? { ok: true, value: text } : { ok: false, message: t('A date is year-month-day, such as 2026-03-29.') };
}

function parseObject(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return { ok: true, value };
    return { ok: false, message: t('This is a single value. Put { and } around names with their values.') };
  } catch (error) {
    const where = error instanceof Error ? error.message : '';
    return { ok: false, message: t('This is not JSON yet, nothing was saved: {{where}}', { where }) };
  }
}

/** The attributes with one more value, or without it where it is null. A key may be any text, also one that means something to a computer. */
export function withAttribute(
  attributes: Readonly<Record<string, unknown>> | null,
  key: string,
  value: unknown,
): Record<string, unknown> | null {
  const others = Object.entries(attributes ?? {}).filter(([name]) => name !== key);
  const all = value === null ? others : [...others, [key, value] as const];
  return all.length > 0 ? Object.fromEntries(all) : null;
}
