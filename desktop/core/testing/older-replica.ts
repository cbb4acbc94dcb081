import { REPLICA_TABLES } from '../replica/replica-schema.ts';
import { FTS_TABLES } from '../replica/search/search-index.ts';

/** What takes a replica of today back to the second version of its tables: only contacts have full text, and nothing came later. */
export const BACK_TO_SECOND: readonly string[] = [
  ...REPLICA_TABLES.flatMap(({ triggers }) => Object.keys(triggers).map((one) => `DROP TRIGGER ${one}`)),
  ...FTS_TABLES.filter((name) => !name.startsWith('contacts')).map((name) => `DROP TABLE ${name}`),
  ...['search_built', 'contact_history', 'contact_history_kept'].map((name) => `DROP TABLE ${name}`),
];
