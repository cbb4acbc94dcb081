const formats = new Map<string, Intl.NumberFormat>();

/** A number as a locale writes it. Formats are costly to make, so they are kept. */
export function numberIn(locale: string, value: number, options: Intl.NumberFormatOptions = {}): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format.format(value);
}
