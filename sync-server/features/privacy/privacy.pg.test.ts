import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync, strFromU8 } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOpenAct, createPerform } from '../../db/act.ts';
import { NO_FIELD_KEYS } from '../../db/fields/field-keys.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';
import { addNumber } from '../../testing/test-world.ts';
import { retain } from './retain.ts';
import { runExport } from './run-export.ts';

const PHONE = '+14155550123';
const DAY = 86_400_000;
let stack: TestStack;
let owner: Person;
let stranger: Person;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'switchboard-privacy-'));
  stack = await startTestStack({ DATA_DIR: dataDir, PUBLIC_URL: 'http://crm.test' });
  owner = await stack.signUp();
  stranger = await stack.signUp();
  await addNumber(stack, owner.tenantId, '+15035550100');
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true });
});

const published: string[] = [];
const perform = () =>
  createPerform(
    stack.database.pool,
    createOpenAct({
      fields: NO_FIELD_KEYS,
      publish: async (_act, event) => void published.push(event.type),
      enqueue: async () => {},
      now: Date.now,
      newId,
    }),
  );
const attempt = { isLastAttempt: true, signal: new AbortController().signal };

/** Somebody with something in every place that a person's words get to. */
async function makePerson(name: string, phone: string): Promise<string> {
  const id = randomUUID();
  const noteId = randomUUID();
  await owner.push(
    { name: 'contacts.create', input: { id, firstName: name, phone, email: `${name}@mail.example`, tags: ['vip'] } },
    { name: 'contacts.update', input: { id, company: `${name} Ltd` } },
    { name: 'notes.add', input: { id: noteId, contactId: id, body: `${name} likes tea` } },
    { name: 'notes.add', input: { id: randomUUID(), contactId: id, body: `${name} again` } },
    { name: 'notes.delete', input: { id: noteId } },
    { name: 'messages.send', input: { id: randomUUID(), contactId: id, body: `Hello ${name}` } },
    { name: 'tasks.create', input: { id: randomUUID(), title: `Call ${name}`, contactId: id } },
    {
      name: 'consents.record',
      input: { contactId: id, purpose: 'automated', kind: 'written', evidence: `Signed ${name}` },
    },
  );
  await owner.call('POST', `/contacts/${id}/visits`, { url: `https://acme.example/${name}` });
  await stack.request('POST', '/sandbox/texts', { body: { number: '+15035550100', phone, body: `It is ${name}` } });
  await stack.rows(
    `insert into import_jobs (id, tenant_id, file_name, status, duplicates, total, started_by_id, created_at, updated_at)
     values ($1, $2, 'a.csv', 'done', 'merge', 2, $3, now(), now())`,
    id,
    owner.tenantId,
    owner.userId,
  );
  const rows = [
    { row: 2, fields: { firstName: name, phone }, tags: [] },
    { row: 3, fields: { firstName: 'Other' }, tags: [] },
  ];
  await stack.rows(
    `insert into import_rows (import_id, part, tenant_id, row_count, rows, done) values ($1, 0, $2, 2, $3, true)`,
    id,
    owner.tenantId,
    JSON.stringify(rows),
  );
  await stack.rows(
    `insert into import_problems (import_id, row, tenant_id, reason) values ($1, 9, $2, $3)`,
    id,
    owner.tenantId,
    `${phone} is no number`,
  );
  return id;
}

/** Every table in which a text still stands. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await stack.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables)
    if ((await stack.rows(`select 1 from ${name} t where position($1 in t::text) > 0 limit 1`, text)).length > 0)
      found.push(name);
  return found;
}

test('an erased person is in no table any more, while that they were erased is', async () => {
  const id = await makePerson('Zebulon', PHONE);
  expect((await tablesWith('Zebulon')).length).toBeGreaterThan(6);
  expect(await owner.push({ name: 'privacy.eraseContact', input: { id, reason: 'Article 17' } })).toMatchObject([
    { status: 'accepted' },
  ]);
  expect(await tablesWith('Zebulon')).toEqual([]);
  expect(await tablesWith(PHONE)).toEqual([]);
  const audit = await stack.rows(
    `select user_id, after from audit_log where action = 'privacy.eraseContact' and entity_id = $1`,
    id,
  );
  expect(audit).toEqual([{ user_id: owner.userId, after: { reason: 'Article 17' } }]);
  // The rest of the file they came in stays.
  expect(await tablesWith('Other')).toContain('public.import_rows');
  // A carrier that tells of the same text once more brings nobody back.
  expect(await stack.rows(`select 1 from contacts where phone = $1`, PHONE)).toEqual([]);
});

test('a person who was deleted before they asked is erased as well, out of the trash and out of the log', async () => {
  const [kept, pruned] = ['+14155550181', '+14155550182'];
  const id = await makePerson('Quillon', kept);
  await stack.request('POST', '/sandbox/texts', { body: { number: '+15035550100', phone: kept, body: 'STOP' } });
  const old = await makePerson('Orsolya', pruned);
  await owner.push({ name: 'contacts.delete', input: { id } }, { name: 'contacts.delete', input: { id: old } });
  await stack.rows('delete from trash where contact_id = $1', old);
  for (const one of [id, old])
    expect(await owner.push({ name: 'privacy.eraseContact', input: { id: one, reason: 'Asked' } })).toMatchObject([
      { status: 'accepted' },
    ]);
  for (const text of ['Quillon', kept, 'Orsolya', pruned]) expect([text, await tablesWith(text)]).toEqual([text, []]);
  const again = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id: again, phone: kept } });
  expect(await stack.rows('select opted_out_at is not null as out from contacts where id = $1', again)).toEqual([
    { out: true },
  ]);
  expect(await stranger.push({ name: 'privacy.eraseContact', input: { id, reason: 'Not mine' } })).toMatchObject([
    { status: 'refused', code: 'not_found' },
  ]);
});

test('who had opted out and was erased stays so when their address is entered for somebody who is there', async () => {
  const [phone, email] = ['+14155550191', 'out@mail.example'];
  const [gone, byPhone, byMail] = [randomUUID(), randomUUID(), randomUUID()];
  await owner.push({ name: 'contacts.create', input: { id: gone, phone, email } });
  await stack.request('POST', '/sandbox/texts', { body: { number: '+15035550100', phone, body: 'STOP' } });
  await owner.push(
    { name: 'privacy.eraseContact', input: { id: gone, reason: 'Asked' } },
    { name: 'contacts.create', input: { id: byPhone, firstName: 'A' } },
    { name: 'contacts.create', input: { id: byMail, firstName: 'B' } },
    { name: 'contacts.update', input: { id: byPhone, phone } },
    { name: 'contacts.update', input: { id: byMail, email } },
  );
  expect(
    await stack.rows('select opted_out_at is not null as out from contacts where id = any($1)', [byPhone, byMail]),
  ).toEqual([{ out: true }, { out: true }]);
});

test('an erasure beside an undo of the deletion finds whoever came back', async () => {
  const id = randomUUID();
  await owner.push(
    { name: 'contacts.create', input: { id, firstName: 'Wendelin' } },
    { name: 'contacts.delete', input: { id } },
  );
  const [act] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'contacts.delete' and entity_id = $1`,
    id,
  );
  const client = await stack.database.pool.connect();
  const waiting = (n: number) =>
    expect
      .poll(() =>
        stack.rows(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
      )
      .toHaveLength(n);
  try {
    await client.query('begin');
    await client.query('select from trash where contact_id = $1 for update', [id]);
    const undone = owner.push({ name: 'activity.undo', input: { id: act?.id } });
    await waiting(1);
    const admin = await stack.join(owner, 'ADMIN');
    const erased = admin.push({ name: 'privacy.eraseContact', input: { id, reason: 'Asked' } });
    await waiting(2);
    await client.query('commit');
    expect([await undone, await erased]).toMatchObject([[{ status: 'accepted' }], [{ status: 'accepted' }]]);
  } finally {
    await client.query('rollback');
    client.release();
  }
  expect(await tablesWith('Wendelin')).toEqual([]);
});

test('who opted out and was erased is not texted again because an older copy of them is taken out of the trash', async () => {
  const phone = '+14155550183';
  const [first, second] = [randomUUID(), randomUUID()];
  await owner.push(
    { name: 'contacts.create', input: { id: first, phone } },
    { name: 'contacts.delete', input: { id: first } },
    { name: 'contacts.create', input: { id: second, phone } },
  );
  await stack.request('POST', '/sandbox/texts', { body: { number: '+15035550100', phone, body: 'STOP' } });
  await owner.push({ name: 'privacy.eraseContact', input: { id: second, reason: 'Asked' } });
  const [act] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'contacts.delete' and entity_id = $1`,
    first,
  );
  await owner.push({ name: 'activity.undo', input: { id: act?.id, anyway: true } });
  expect(await stack.rows('select opted_out_at is not null as out from contacts where phone = $1', phone)).toEqual([
    { out: true },
  ]);
});

test('an erasure among other writes of one push takes along what came before it, and the log is closed again after it', async () => {
  const id = randomUUID();
  const results = await owner.push(
    { name: 'contacts.create', input: { id, firstName: 'Quentin' } },
    { name: 'privacy.eraseContact', input: { id, reason: 'Asked' } },
    { name: 'contacts.create', input: { id: randomUUID(), firstName: 'Next' } },
  );
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await tablesWith('Quentin')).toEqual([]);
  await expect(stack.rows(`update audit_log set after = null`)).rejects.toThrow(/append-only/);
});

test('who was only deleted, and could still be put back, can be erased too', async () => {
  const phone = '+14155550127';
  const id = await makePerson('Ulrika', phone);
  await owner.push({ name: 'contacts.delete', input: { id } });
  expect(await tablesWith('Ulrika')).toContain('public.trash');
  expect(await owner.push({ name: 'privacy.eraseContact', input: { id, reason: 'Asked' } })).toMatchObject([
    { status: 'accepted' },
  ]);
  expect([await tablesWith('Ulrika'), await tablesWith(phone)]).toEqual([[], []]);
});

test('only administrators erase, and only people of their own workspace', async () => {
  const id = await makePerson('Yolanda', '+14155550124');
  const manager = await stack.join(owner, 'MANAGER');
  const erase = { name: 'privacy.eraseContact', input: { id, reason: 'x' } };
  expect(await manager.push(erase)).toMatchObject([{ status: 'refused', code: 'forbidden' }]);
  expect(await stranger.push(erase)).toMatchObject([{ status: 'refused', code: 'not_found' }]);
  expect((await tablesWith('Yolanda')).length).toBeGreaterThan(6);
});

test('who had opted out stays so when they come back by hand or by writing, and until then their number is nowhere', async () => {
  const phone = '+14155550177';
  const id = await makePerson('Xenia', phone);
  await stack.request('POST', '/sandbox/texts', { body: { number: '+15035550100', phone, body: 'STOP' } });
  await owner.push({ name: 'privacy.eraseContact', input: { id, reason: 'Asked' } });
  expect(await tablesWith(phone)).toEqual([]);
  const again = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id: again, phone } });
  const byMail = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id: byMail, email: 'XENIA@mail.example' } });
  const other = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id: other, phone: '+14155550178' } });
  const isOut = async (one: string) =>
    (await stack.rows<{ out: boolean }>('select opted_out_at is not null as out from contacts where id = $1', one))[0]
      ?.out;
  expect([await isOut(again), await isOut(byMail), await isOut(other)]).toEqual([true, true, false]);
  // Another workspace has heard nothing of it.
  const elsewhere = randomUUID();
  await stranger.push({ name: 'contacts.create', input: { id: elsewhere, phone } });
  expect(await isOut(elsewhere)).toBe(false);
  await owner.push({ name: 'contacts.delete', input: { id: again } });
  await stack.request('POST', '/sandbox/texts', { body: { number: '+15035550100', phone, body: 'Hello?' } });
  const [inbound] = await stack.rows<{ id: string }>(
    'select id from contacts where phone = $1 and tenant_id = $2',
    phone,
    owner.tenantId,
  );
  expect(await isOut(inbound?.id ?? '')).toBe(true);
});

test('everything about one person is handed out, to managers of their workspace', async () => {
  const id = await makePerson('Wilma', '+14155550125');
  const { status, body } = await (await stack.join(owner, 'MANAGER')).call('GET', `/privacy/contacts/${id}`);
  expect(status).toBe(200);
  expect(body.data).toMatchObject({
    contact: { id, first_name: 'Wilma', company: 'Wilma Ltd' },
    tags: [{ name: 'vip' }],
    notes: [{ body: 'Wilma again' }],
    tasks: [{ title: 'Call Wilma' }],
  });
  expect(body.data.messages.map((one: { body: string }) => one.body).toSorted()).toEqual([
    'Hello Wilma',
    'It is Wilma',
  ]);
  expect(body.data.history.map((one: { action: string }) => one.action)).toContain('contacts.update');
  expect((await (await stack.join(owner, 'AGENT')).call('GET', `/privacy/contacts/${id}`)).status).toBe(403);
  expect((await stranger.call('GET', `/privacy/contacts/${id}`)).status).toBe(404);
});

test('the file of a workspace holds everything of it and nothing of another, and is fetched by a link of ten minutes', async () => {
  await makePerson('Vera', '+14155550126');
  await owner.push({ name: 'contacts.create', input: { id: randomUUID(), firstName: '=1+1', company: 'Größe' } });
  await stranger.push({ name: 'contacts.create', input: { id: randomUUID(), firstName: 'Foreign' } });
  const id = randomUUID();
  await owner.push({ name: 'privacy.exportData', input: { id } });
  expect((await owner.call('POST', `/privacy/exports/${id}/link`)).body.error?.code).toBe('not_allowed_now');
  const job = runExport({ pool: stack.database.pool, perform: perform(), fields: NO_FIELD_KEYS, dataDir });
  await job.run({ tenantId: owner.tenantId, exportId: id }, attempt);
  expect(published).toContain('export.finished');
  const file = path.join(dataDir, 'exports', `${id}.zip`);
  expect([statSync(file).mode & 0o777, readdirSync(path.dirname(file))]).toEqual([0o600, [`${id}.zip`]]);
  const [item] = await stack.rows<{ body: Record<string, number | string> }>(
    'select body from admin_items where id = $1',
    id,
  );
  expect(item?.body).toMatchObject({ status: 'done', bytes: statSync(file).size });
  expect(Number(item?.body['expiresAt']) - Date.now()).toBeGreaterThan(6.9 * DAY);

  const manager = await stack.join(owner, 'ADMIN');
  expect((await manager.call('POST', `/privacy/exports/${id}/link`)).status).toBe(403);
  expect((await stranger.call('POST', `/privacy/exports/${id}/link`)).status).toBe(404);
  const { link } = (await owner.call('POST', `/privacy/exports/${id}/link`)).body.data as { link: string };
  expect(link).toMatch(/^http:\/\/crm\.test\/api\/exports\/[\w.-]+$/);
  const got = await fetch(stack.url + new URL(link).pathname);
  expect(got.headers.get('content-type')).toBe('application/zip');
  const files = unzipSync(new Uint8Array(await got.arrayBuffer()));
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  expect(text('contacts.csv')).toContain(`'=1+1`);
  expect(Array.from(files['contacts.csv'] ?? [], Number).slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
  expect(text('contacts.csv')).toMatch(/^\ufeff?id,first_name/);
  const contacts = JSON.parse(text('contacts.json')) as Record<string, unknown>[];
  expect(contacts.find((one) => one['company'] === 'Größe')).toMatchObject({ first_name: '=1+1' });
  const all = Object.keys(files).map(text).join('\n');
  expect(all).toContain('Call Vera');
  expect(all).not.toContain('Foreign');
  expect(all).not.toContain('password_hash');
  expect(all).not.toContain(stranger.tenantId);
  expect((await fetch(`${stack.url}/api/exports/made-up`)).status).toBe(404);
});

test('a file that is over is gone, with its row, and its link with it', async () => {
  const id = randomUUID();
  await owner.push({ name: 'privacy.exportData', input: { id } });
  const job = runExport({ pool: stack.database.pool, perform: perform(), fields: NO_FIELD_KEYS, dataDir });
  await job.run({ tenantId: owner.tenantId, exportId: id }, attempt);
  const { link } = (await owner.call('POST', `/privacy/exports/${id}/link`)).body.data as { link: string };
  await keep(Date.now() + 8 * DAY);
  expect(existsSync(path.join(dataDir, 'exports', `${id}.zip`))).toBe(false);
  expect(await stack.rows('select 1 from data_exports where id = $1', id)).toEqual([]);
  expect((await fetch(stack.url + new URL(link).pathname)).status).toBe(404);
});

test('an export whose job is cancelled says so, instead of waiting for ever', async () => {
  const id = randomUUID();
  await owner.push({ name: 'privacy.exportData', input: { id } });
  const [job] = await stack.rows<{ id: string }>(`select id from pgboss.job where data ->> 'exportId' = $1`, id);
  expect((await owner.call('POST', `/jobs/${job?.id}/cancel`)).status).toBe(200);
  expect(await stack.rows('select status, message from data_exports where id = $1', id)).toEqual([
    { status: 'failed', message: 'It was cancelled before it began. Nothing was lost; ask for it again.' },
  ]);
});

test('an export that fails says so, and leaves no half of a file', async () => {
  const id = randomUUID();
  await owner.push({ name: 'privacy.exportData', input: { id } });
  const ended = AbortSignal.abort(new Error('stopped'));
  const job = runExport({ pool: stack.database.pool, perform: perform(), fields: NO_FIELD_KEYS, dataDir });
  await expect(
    job.run({ tenantId: owner.tenantId, exportId: id }, { isLastAttempt: true, signal: ended }),
  ).rejects.toThrow('stopped');
  expect(await stack.rows('select status, message from data_exports where id = $1', id)).toEqual([
    { status: 'failed', message: 'The file could not be made. Nothing was lost; ask for it again.' },
  ]);
  expect(readdirSync(path.join(dataDir, 'exports')).filter((name) => name.startsWith(id))).toEqual([]);
});

const keep = (now: number) =>
  retain({ pool: stack.database.pool, perform: perform(), dataDir, now: () => now }).run(null, attempt);
