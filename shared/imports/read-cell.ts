/** What people write for yes and no, folded. */
const YES = new Set([
  'yes',
  'y',
  'true',
  't',
  '1',
  'x',
  'on',
  'ja',
  'si',
  'oui',
  'sim',
  'wahr',
  'opted in',
  'granted',
  'subscribed',
]);
const NO = new Set([
  'no',
  'n',
  'false',
  'f',
  '0',
  'off',
  'nein',
  'non',
  'nao',
  'falsch',
  'opted out',
  'denied',
  'unsubscribed',
]);

/** `Yes`, `x` or `1` is true, `no` or `0` false; null is neither. Takes text without accents (see toSearchText). */
export function readYesNo(folded: string): boolean | null {
  if (YES.has(folded)) return true;
  return NO.has(folded) ? false : null;
}

/** Countries that write the month first. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'PW', 'MH', 'GU', 'PR', 'AS', 'VI', 'MP']);
const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?\s*(am|pm)?)?\s*(z|utc|[+-]\d{2}:?\d{2})?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${TIME}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${TIME}$`, 'i');

/**
 * A moment as spreadsheets and other programs write it: `2026-01-31`, `2026-01-31 14:05`, ISO 8601, `31.01.2026`, `1/31/2026 2:05 PM`, epoch
 * milliseconds. Of `3/4/2026` the country says which is the month. Without a zone it is UTC. Null where it is no date.
 */
export function readMoment(cell: string, country: string): number | null {
  if (/^\d{12,13}$/.test(cell)) return Number(cell);
  const first = YEAR_FIRST.exec(cell);
  if (first) return toInstant([first[1], first[2], first[3]], first.slice(4));
  const last = YEAR_LAST.exec(cell);
  if (!last) return null;
  const [, a = '', b = '', year] = last;
  const isMonthFirst = Number(a) > 12 ? false : Number(b) > 12 || (MONTH_FIRST.has(country) && cell.includes('/'));
  return toInstant(isMonthFirst ? [year, a, b] : [year, b, a], last.slice(4));
}

type Digits = string | undefined;

function toInstant([year, month, day]: [Digits, Digits, Digits], time: Digits[]): number | null {
  const [hour = '0', minute = '0', second = '0', fraction = '0', half, zone] = time;
  const [y, m, d, h] = [Number(year), Number(month), Number(day), hourOf(Number(hour), half)];
  const at = Date.UTC(y, m - 1, d, h, Number(minute), Number(second), Number(fraction.padEnd(3, '0')));
  const date = new Date(at);
  // 31 February is not in March.
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d || h > 23 || at < 0) return null;
  return at - offsetOf(zone) * 60_000;
}

const hourOf = (hour: number, half: Digits): number => {
  if (!half) return hour;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
};

function offsetOf(zone: Digits): number {
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (!parts) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}

/** An amount in cents: `1,234.50`, `1.234,5`, `$1234`, `12 000 €`. Null where it is none, or below nothing. */
export function readCents(cell: string): number | null {
  const text = cell.replace(/[\s\u00a0\u202f'’]|[A-Z]{3}|\p{Sc}/gu, '');
  if (!/^\d[\d.,]*$/.test(text)) return null;
  const decimal = /^(.*)[.,](\d{1,2})$/.exec(text);
  const whole = (decimal?.[1] ?? text).replace(/[.,]/g, '');
  const cents = Number(whole) * 100 + Number((decimal?.[2] ?? '').padEnd(2, '0') || 0);
  return Number.isSafeInteger(cents) ? cents : null;
}

/** Several values in one cell. Ours stand in quotes where they hold what separates them. */
export function readSeveral(cell: string, separator = /:::|[;,|]/): string[] {
  const values: string[] = [];
  const rest = cell.replace(
    /(^|[;,|]\s*)"((?:[^"]|"")*)"(?=\s*(?:$|[;,|]))/g,
    (_all, before: string, quoted: string) => {
      values.push(quoted.replaceAll('""', '"'));
      return before;
    },
  );
  // Google writes `* myContacts ::: Family`; its own system groups are none of ours.
  const plain = rest
    .split(separator)
    .map((value) => value.trim())
    .filter((value) => value !== '' && !value.startsWith('*'));
  return [...new Set([...values.map((value) => value.trim()).filter(Boolean), ...plain])];
}

/** So that `readSeveral` reads the same values again. */
export const writeSeveral = (values: readonly string[]): string =>
  values.map((value) => (/[;,|"]|:::|^\*/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join('; ');
