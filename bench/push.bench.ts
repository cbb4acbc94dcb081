import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Session } from '../shared/auth/auth-requests.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/protocol-version.ts';
import { pushReply } from '../shared/protocol/push.ts';
import { atMost, told, type Metric } from './metric.ts';
import { OWNER, startSeededServer } from './stack.ts';

const CONTACTS = 100_000;
const UPDATES = 10_000;
const SLICE = 5_000;

/** What a device that was long offline asks of the push route, beside the same rows by plain prepared statements. */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(CONTACTS);
  const push = await signIn(server.url);
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const { rows } = await database.query<{ id: string }>('select id from contacts order by id');
  const ids = rows.map(({ id }) => id);
  const basis = Date.now();
  const update = (id: string, i: number) => ({
    name: 'contacts.update',
    input: { id, company: `Company ${i}` },
    basedOn: { [id]: basis },
  });
  await push(ids.slice(0, 100).map(update));

  const updates = await seconds(async () => {
    for (let at = 0; at < UPDATES; at += 500) await push(ids.slice(at, at + 500).map(update));
  });
  const plain = await seconds(() => plainUpdates(database, ids.slice(UPDATES, 2 * UPDATES)));
  const slices = Array.from({ length: CONTACTS / SLICE }, (_, i) => ids.slice(i * SLICE, (i + 1) * SLICE));
  const tags = ['bench'];
  const tagged = await seconds(async () => {
    for (const contactIds of slices) await push([{ name: 'contacts.addTags', input: { contactIds, tags } }]);
  });
  const untagged = await seconds(async () => {
    for (const contactIds of slices) await push([{ name: 'contacts.removeTags', input: { contactIds, tags } }]);
  });
  await database.end();
  await server.stop();
  return [
    atMost('10,000 edits through the push route', 's', updates, 10, plain),
    atMost('100k contacts tagged, 20 slices', 's', tagged, 8),
    told('100k contacts untagged, 20 slices', 's', untagged),
  ];
}

type Write = { name: string; input: unknown; basedOn?: Record<string, number> };

async function signIn(url: string): Promise<(writes: readonly Write[]) => Promise<void>> {
  const deviceId = randomUUID();
  const post = async (path: string, body: unknown, token?: string): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token ?? ''}` };
    const reply = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(await reply.text());
    return reply.json();
  };
  const { data } = (await post('/api/auth/sign-in', { ...OWNER, deviceId })) as { data: Session };
  return async (writes) => {
    const sent = writes.map((write) => ({ writeId: randomUUID(), madeAt: Date.now(), ...write }));
    const body = { protocol: PROTOCOL_VERSION, deviceId, writes: sent };
    const { results } = pushReply.parse(await post('/api/sync/push', body, data.accessToken));
    if (results.length !== writes.length || results.some(({ status }) => status !== 'accepted'))
      throw new Error(JSON.stringify(results.find(({ status }) => status !== 'accepted')));
  };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** The rows that a pushed edit writes at least: contact, audit, receipt. No lock, no check, no rule; transactions of the same length. */
async function plainUpdates(database: pg.Client, ids: readonly string[]): Promise<void> {
  const statements = [
    `update contacts set company = 'x', search = search || ' x', updated_at = now() where id = $1`,
    `insert into audit_log (id, tenant_id, action, entity, entity_id, after, at)
     select gen_random_uuid(), tenant_id, 'bench', 'contact', id, '{"company": "x"}', now() from contacts where id = $1`,
    `insert into write_receipts (id, tenant_id, name, status, txid, created_at)
     select gen_random_uuid(), tenant_id, 'bench', 'accepted', '0', now() from contacts where id = $1`,
  ];
  for (let at = 0; at < ids.length; at += 50) {
    await database.query('begin');
    for (const id of ids.slice(at, at + 50))
      for (const [i, text] of statements.entries()) await database.query({ name: `plain ${i}`, text, values: [id] });
    await database.query('commit');
  }
}
