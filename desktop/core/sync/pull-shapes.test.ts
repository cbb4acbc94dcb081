import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { applySlice, type ShapeMessage } from './apply-messages.ts';
import { PullShapes } from './pull-shapes.ts';

let replica: Replica;
let pull: PullShapes;
/** What the shape of contacts answers: its rows, or null where it is not for this person. */
let shape: string[] | null;
let handle = 0;
/** Another table that is not for this person. */
let closed = '';
const problems: string[] = [];
let pause: () => Promise<void>;

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
const insert = (id: string): ShapeMessage => ({ value: { id, first_name: id }, headers: { operation: 'insert' } });
const shown = () => replica.db.prepare('SELECT id FROM contacts ORDER BY id').pluck().all();

/** Only contacts have anything to say; a live request waits until it is given up. */
const answer: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (closed && url.pathname.endsWith(`/${closed}`))
    return Response.json({ error: { code: 'forbidden' } }, { status: 403 });
  if (!url.pathname.endsWith('/contacts') || url.searchParams.get('live') === 'true')
    return new Promise((_, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
    });
  if (!shape) return Response.json({ error: { code: 'forbidden' } }, { status: 403 });
  handle += 1;
  const end = { headers: { control: 'up-to-date', global_last_seen_lsn: '900' } };
  return Response.json([...shape.map(insert), end], {
    headers: {
      'electric-handle': `h${handle}`,
      'electric-offset': '0_0',
      'electric-up-to-date': '',
      'electric-schema': '{"id":{"type":"uuid"}}',
    },
  });
};

beforeEach(() => {
  replica = openReplica(':memory:');
  problems.length = 0;
  closed = '';
  shape = [];
  pause = breathe;
  pull = new PullShapes({
    replica,
    serverUrl: 'http://server.test',
    fetch: answer,
    accessToken: async () => 'token',
    refreshToken: async () => true,
    onApplied: () => {},
    pause: () => pause(),
    onEpoch: () => {},
    onProblem: (table) => problems.push(table),
  });
});
afterEach(() => {
  vi.useRealTimers();
  pull.stop();
  replica.close();
});

const load = (ids: readonly string[], resume: { handle: string; offset: string } | null) =>
  applySlice(replica, 'contacts', ids.map(insert), resume);
const upTo = (ids: readonly string[]) =>
  vi.waitFor(() => expect(shown()).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1))), { timeout: 5_000 });

test('a first copy that was cut off before it could be resumed leaves no row that the next one lacks', async () => {
  load(['gone', 'kept'], null);
  shape = ['kept', 'new'];
  pull.start();
  await upTo(['kept', 'new']);
});

test('a copy that begins anew is not taken for a redelivery, however far the one that was cut off had come', async () => {
  applySlice(
    replica,
    'contacts',
    [insert('a'), { ...insert('b'), headers: { operation: 'insert', lsn: '500', op_position: 0, last: true } }],
    null,
  );
  shape = ['a', 'b', 'c'];
  pull.start();
  await upTo(['a', 'b', 'c']);
});

test('a table that is opened again while it is being emptied has the rows of its new copy and no others', async () => {
  load(
    Array.from({ length: 12_000 }, () => newId()),
    { handle: 'h', offset: '0_0' },
  );
  shape = null;
  let goOn = () => {};
  const paused = new Promise<void>((resolve) => {
    pause = () => {
      pause = breathe;
      resolve();
      return new Promise((then) => (goOn = then));
    };
  });
  pull.start();
  await paused;
  shape = ['a', 'b'];
  pull.restart();
  await upTo(['a', 'b']);
  goOn();
  await breathe();
  await breathe();
  expect(shown()).toEqual(['a', 'b']);
});

test('a table that cannot be emptied, on a full disk, is told of and emptied later', async () => {
  load(['a', 'b'], { handle: 'h', offset: '0_0' });
  shape = null;
  const closing = replica.tx;
  replica.tx = () => {
    throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  pull.start();
  while (!problems.includes('contacts') || problems.length < 2) await breathe();
  replica.tx = closing;
  await vi.advanceTimersByTimeAsync(10_000);
  while (shown().length > 0) await breathe();
  expect(replica.sql(`SELECT denied FROM stream WHERE tbl = 'contacts'`).pluck().get()).toBe(1);
});

test('older messages that were fetched go at once with the table that is closed, though it had none itself', async () => {
  const body = 'what a customer wrote';
  replica.sql('INSERT INTO older_messages (id, body, used_at) VALUES (?, ?, 1)').run('m', body);
  closed = 'messages';
  pull.start();
  const isGone = () => expect(replica.db.serialize().includes(body)).toBe(false);
  await vi.waitFor(isGone, { timeout: 5_000 });
  expect(replica.sql('SELECT count(*) FROM older_messages').pluck().get()).toBe(0);
});
