/**
 * Text as it is searched and sorted: lower case, without diacritics, inner spaces single. `José  Núñez` becomes `jose nunez`.
 * Both sides of every comparison go through here, so that the database can compare bytes.
 */
export const toSearchText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
