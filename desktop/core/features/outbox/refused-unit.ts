/** What an import is made of, in the order it has to arrive. Pausing and undoing one are acts of their own. */
export const IMPORT_PARTS: readonly string[] = ['imports.start', 'imports.addRows', 'imports.run'];

/**
 * What people count as one refused change, in SQL over `refused_write`: the parts of an import are one, so are the slices of a bulk
 * act, and anything else is its own.
 */
export const REFUSED_UNIT = `iif(name LIKE 'imports.%' AND name NOT IN (${IMPORT_PARTS.map((name) => `'${name}'`).join(', ')}), write_id, unit)`;
