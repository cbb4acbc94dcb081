import { ES } from '../desktop/renderer/lib/i18n/catalogs/es.ts';
import { allWords } from './words/all-words.ts';

// What Spanish lacks, by the part of the catalog it belongs to, ready to be filled in and moved to desktop/renderer/lib/i18n/catalogs/es.
const { plain, counted, heard } = allWords();
const lacking = (keys: Iterable<string>) =>
  Object.fromEntries([...keys].filter((key) => !(key in ES)).map((key) => [key, '']));

console.log(
  JSON.stringify(
    {
      screens: lacking([...plain].filter((key) => !heard.has(key))),
      counted: lacking([...counted].flatMap((key) => [`${key}_one`, `${key}_other`])),
      said: lacking(heard),
    },
    null,
    2,
  ),
);
