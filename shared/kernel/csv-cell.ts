/** Signs, digits and what stands between them: a phone number or an amount, which no spreadsheet calculates with. */
const PLAIN_NUMBER = /^[+-]?[\d\s().,-]*$/;

/**
 * A value as one cell of CSV (RFC 4180). What a spreadsheet would run as a formula is made text with an apostrophe
 * (owasp.org/www-community/attacks/CSV_Injection, read 2026-11).
 */
export function toCsvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = SUSPECT.has(text.charCodeAt(0)) && isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** How formulas begin, and what was made text before. Most cells are asked no more than this: a file has tens of millions. */
const SUSPECT = new Set(["'", '=', '+', '-', '@', '\t', '\r'].map((sign) => sign.charCodeAt(0)));
const isFormula = (text: string): boolean => /^'*[=+\-@\t\r]/.test(text) && !PLAIN_NUMBER.test(text);

/** What `toCsvCell` made text of is as it was. */
export const fromCsvCell = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

export const toCsvLine = (values: readonly unknown[]): string => `${values.map(toCsvCell).join(',')}\r\n`;
