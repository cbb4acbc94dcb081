// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;

/**
 * Text as it is searched and sorted: lower case, without diacritics, inner spaces single. `José  Núñez` becomes `jose nunez`.
 * Both sides of every comparison go through here, so that the database can compare bytes.
 */
export const toSearchText = (text: string): string =>
  // Most text has no accents, and taking none away is the quickest.
  (ASCII.test(text) ? text : text.normalize('NFD').replace(/\p{M}+/gu, '')).toLowerCase().replace(/\s+/gu, ' ').trim();
