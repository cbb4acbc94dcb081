import words from './es/words.json' with { type: 'json' };

/** Spanish, one part per area of the product. A key stands in one part only; a test compares them all with the sources. */
export const ES_PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = { words };

export const ES: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(ES_PARTS)) as Record<
  string,
  string
>;
