import { afterEach, expect, test, vi } from 'vitest';
import { OlderMessages } from '../features/inbox/older-messages.ts';
import { openReplica } from '../replica/open-replica.ts';
import { SearchTidy } from '../replica/search/tidy-search.ts';

afterEach(() => vi.useRealTimers());

test('what is done while nobody writes does not end the engine when it cannot be written down', () => {
  vi.useFakeTimers();
  const replica = openReplica(':memory:');
  replica.db.exec(`INSERT INTO older_messages (id, contact_id, used_at) VALUES ('m', 'gone', 1);
    UPDATE stream SET ready = 1 WHERE tbl = 'contacts'`);
  replica.db.pragma('query_only = 1');
  const problems: string[] = [];
  const tell = (error: unknown) => problems.push(String(error));
  const tidy = new SearchTidy(replica, () => {}, tell);
  const older = new OlderMessages(replica, () => {}, tell);
  tidy.later();
  older.later();
  vi.advanceTimersByTime(2_000);
  expect(problems).toHaveLength(2);

  replica.db.pragma('query_only = 0');
  older.later();
  vi.advanceTimersByTime(2_000);
  expect(replica.db.prepare('SELECT count(*) FROM older_messages').pluck().get()).toBe(0);
  replica.close();
});
