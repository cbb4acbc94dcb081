/** A value beside a statement, never inside its text. Lists are for Postgres alone. */
export type SqlValue = string | number | null | readonly string[];

/** A piece of SQL: text around values, one string more than values. */
export type SqlText = { readonly strings: readonly string[]; readonly values: readonly SqlValue[] };

const isPiece = (part: SqlText | SqlValue): part is SqlText =>
  typeof part === 'object' && part !== null && 'strings' in part;

/** Template for SQL: pieces are put together, anything else becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlText | SqlValue)[]): SqlText {
  const texts = [strings[0] ?? ''];
  const values: SqlValue[] = [];
  const append = (text: string) => {
    texts[texts.length - 1] += text;
  };
  parts.forEach((part, i) => {
    if (isPiece(part)) {
      // One by one: a large rule is more than one call can be given.
      part.strings.forEach((text, n) => (n === 0 ? append(text) : texts.push(text)));
      for (const value of part.values) values.push(value);
    } else {
      values.push(part);
      texts.push('');
    }
    append(strings[i + 1] ?? '');
  });
  return { strings: texts, values };
}

/** Text of our own: names of columns, constants. Never anything that came from outside. */
export const raw = (text: string): SqlText => ({ strings: [text], values: [] });

export const joinSql = (parts: readonly SqlText[], between: string): SqlText =>
  parts.reduce((joined, part) => sql`${joined}${raw(between)}${part}`);

export const toSqlite = ({ strings, values }: SqlText): { text: string; values: readonly SqlValue[] } => ({
  text: strings.join('?'),
  values,
});

/** `first` is the number of the first parameter, for a piece of a statement that has others before it. */
export const toPostgres = ({ strings, values }: SqlText, first = 1): { text: string; values: readonly SqlValue[] } => ({
  text: strings.reduce((text, string, i) => `${text}$${first + i - 1}${string}`),
  values,
});
