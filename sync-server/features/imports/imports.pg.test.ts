import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { NO_END } from '../../../shared/contacts/contact.ts';
import type { ImportRow } from '../../../shared/imports/import-row.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,worker' });
  owner = await stack.signUp();
});
afterAll(() => stack.close());

type Progress = {
  status: string;
  processed: number;
  created: number;
  updated: number;
  skipped: number;
  message: string | null;
};

const rowsOf = (count: number, fields: (i: number) => ImportRow['fields'], tags: string[] = []): ImportRow[] =>
  Array.from({ length: count }, (_, i) => ({ row: i + 2, fields: fields(i), tags }));

async function send(
  person: Person,
  rows: ImportRow[],
  { duplicates = 'merge', partSize = 1_000, kind = 'contacts' } = {},
): Promise<string> {
  const id = randomUUID();
  const writes = [
    { name: 'imports.start', input: { id, fileName: 'people.csv', total: rows.length, duplicates, kind } as unknown },
  ];
  for (let part = 0; part * partSize < rows.length; part++)
    writes.push({
      name: 'imports.addRows',
      input: { id, part, rows: rows.slice(part * partSize, (part + 1) * partSize) },
    });
  for (const write of writes) expect(await person.push(write)).toMatchObject([{ status: 'accepted' }]);
  return id;
}

const run = (id: string, person = owner) => person.push({ name: 'imports.run', input: { id } });
const progress = async (id: string) =>
  (
    await stack.rows<Progress>(
      'select status, processed, created, updated, skipped, message from import_jobs where id = $1',
      id,
    )
  )[0];
const untilStatus = (id: string, status: string, timeout = 20_000) =>
  vi.waitFor(async () => expect(await progress(id)).toMatchObject({ status }), { timeout, interval: 50 });

test('a file becomes contacts: new ones made, known ones filled, invalid ones listed', async () => {
  const known = (await owner.call('POST', '/contacts', { firstName: 'Ada', phone: '+14155550100', company: 'Old' }))
    .body.data.id;
  const rows: ImportRow[] = [
    { row: 2, fields: { phone: '+14155550100', company: 'New', email: 'ada@example.com' }, tags: ['imported'] },
    { row: 3, fields: { firstName: 'Bob', email: 'bob@example.com' }, tags: ['imported', 'bob'] },
    { row: 4, fields: { email: 'bob@example.com', lastName: 'Stone' }, tags: [] },
    { row: 5, fields: { leadScore: 3 }, tags: [] },
  ];
  const id = await send(owner, rows, { partSize: 2 });
  expect(await run(id)).toMatchObject([{ status: 'accepted' }]);
  await untilStatus(id, 'done');
  expect(await progress(id)).toEqual({
    status: 'done',
    processed: 4,
    created: 1,
    updated: 2,
    skipped: 1,
    message: null,
  });
  expect((await owner.call('GET', `/contacts/${known}`)).body.data).toMatchObject({
    firstName: 'Ada',
    company: 'New',
    email: 'ada@example.com',
    tags: ['imported'],
  });
  expect((await owner.call('GET', '/contacts?search=bob%20stone')).body.data).toMatchObject([
    { firstName: 'Bob', lastName: 'Stone', tags: ['bob', 'imported'] },
  ]);
  expect((await owner.call('GET', `/imports/${id}/problems`)).body).toMatchObject({
    data: [{ row: 5, reason: 'Neither a name nor a phone number nor an email.' }],
    total: 1,
  });
  const [item] = await stack.rows('select body from workspace_items where id = $1', id);
  expect(item).toMatchObject({
    body: {
      fileName: 'people.csv',
      status: 'done',
      processed: 4,
      startedById: owner.userId,
      createdAt: expect.any(Number),
    },
  });
  expect(await stack.rows('select 1 from import_rows where import_id = $1', id)).toEqual([]);
});

test('an import whose parts are not all there does not start, and a part sent again replaces itself', async () => {
  const id = randomUUID();
  await owner.push({ name: 'imports.start', input: { id, fileName: 'a.csv', total: 3, duplicates: 'skip' } });
  const part = (n: number, rows: ImportRow[]) => owner.push({ name: 'imports.addRows', input: { id, part: n, rows } });
  await part(
    0,
    rowsOf(2, (i) => ({ firstName: `First ${i}` })),
  );
  await part(
    0,
    rowsOf(2, (i) => ({ firstName: `Again ${i}` })),
  );
  expect(await run(id)).toMatchObject([
    { status: 'refused', code: 'invalid_input', details: { arrived: 2, total: 3 } },
  ]);
  await part(
    1,
    rowsOf(1, () => ({ firstName: 'Again last' })),
  );
  expect(await run(id)).toMatchObject([{ status: 'accepted' }]);
  await untilStatus(id, 'done');
  expect((await owner.call('GET', '/contacts?search=again')).body.total).toBe(3);
  expect((await owner.call('GET', '/contacts?search=first')).body.total).toBe(0);
});

test('duplicates are left alone when that was chosen', async () => {
  const first = await send(
    owner,
    rowsOf(3, (i) => ({ phone: `+1206555010${i}`, firstName: 'Seattle' })),
  );
  await run(first);
  await untilStatus(first, 'done');
  const second = await send(
    owner,
    rowsOf(3, (i) => ({ phone: `+1206555010${i}`, firstName: 'Changed' })),
    { duplicates: 'skip' },
  );
  await run(second);
  await untilStatus(second, 'done');
  expect(await progress(second)).toMatchObject({ created: 0, updated: 0, skipped: 3 });
  expect((await owner.call('GET', '/contacts?search=changed')).body.total).toBe(0);
});

test('a paused import stops after the batch at hand and goes on where it stopped', async () => {
  const id = await send(
    owner,
    rowsOf(400, (i) => ({ firstName: 'Pause', lastName: String(i) })),
    { partSize: 10 },
  );
  await run(id);
  await vi.waitFor(async () => expect((await progress(id))?.processed).toBeGreaterThan(0), { interval: 2 });
  expect(await owner.push({ name: 'imports.pause', input: { id } })).toMatchObject([{ status: 'accepted' }]);
  const paused = await progress(id);
  expect(paused?.status).toBe('paused');
  expect(paused?.processed).toBeLessThan(400);
  expect(paused?.created).toBe(paused?.processed);
  await run(id);
  await untilStatus(id, 'done');
  expect(await progress(id)).toMatchObject({ processed: 400, created: 400 });
  expect((await owner.call('GET', '/contacts?search=pause')).body.total).toBe(400);
});

test('undoing deletes what the import made and nobody touched, and says what stayed', async () => {
  const rows = rowsOf(
    20,
    (i) => ({ firstName: 'Undo', lastName: String(i), phone: `+1312555${String(i).padStart(4, '0')}` }),
    ['batch'],
  );
  // The last row fills the first contact: the import's own doing, which does not protect it.
  rows.push({ row: 99, fields: { phone: '+13125550000', company: 'Filled' }, tags: ['late'] });
  const id = await send(owner, rows, { partSize: 7 });
  await run(id);
  await untilStatus(id, 'done');
  const touched = (await owner.call('GET', '/contacts?search=undo%205')).body.data[0].id;
  const noted = (await owner.call('GET', '/contacts?search=undo%206')).body.data[0].id;
  await owner.push(
    { name: 'contacts.update', input: { id: touched, company: 'Mine now' } },
    { name: 'notes.add', input: { contactId: noted, body: 'Called' } },
    { name: 'imports.undo', input: { id } },
  );
  await vi.waitFor(async () => expect((await progress(id))?.message).toMatch(/^Undone/), {
    timeout: 15_000,
    interval: 50,
  });
  expect(await progress(id)).toMatchObject({
    status: 'done',
    created: 2,
    message: 'Undone: 18 contacts were deleted. 2 were kept because somebody has worked with them since.',
  });
  expect((await owner.call('GET', '/contacts?search=undo')).body.total).toBe(2);
  expect(await run(id)).toMatchObject([{ status: 'refused', code: 'not_allowed_now' }]);
});

test('a worker that is killed in the middle loses nothing and doubles nothing', async () => {
  const killable = await startTestStack({ SERVER_ROLES: 'web' });
  try {
    const person = await killable.signUp();
    const id = await send(
      person,
      rowsOf(3_000, (i) => ({ firstName: 'Kill', email: `k${i}@example.com` })),
      { partSize: 20 },
    );
    const startWorker = () =>
      fork(new URL('../../server.ts', import.meta.url), {
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: killable.database.url,
          SERVER_ROLES: 'worker',
          PORT: '0',
          LOG_LEVEL: 'silent',
        },
        silent: true,
      });
    const state = async () =>
      (await killable.rows<Progress>('select status, processed, created from import_jobs where id = $1', id))[0];
    const first = startWorker();
    await run(id, person);
    await vi.waitFor(async () => expect((await state())?.processed).toBeGreaterThan(0), {
      timeout: 15_000,
      interval: 2,
    });
    first.kill('SIGKILL');
    await once(first, 'exit');
    const left = await state();
    expect(left?.status).toBe('running');
    expect(left?.processed).toBeLessThan(3_000);
    const second = startWorker();
    await vi.waitFor(async () => expect((await state())?.status).toBe('done'), { timeout: 40_000, interval: 100 });
    expect(await state()).toMatchObject({ processed: 3_000, created: 3_000 });
    expect(
      await killable.rows('select count(*)::int as n, count(distinct email)::int as emails from contacts'),
    ).toEqual([{ n: 3_000, emails: 3_000 }]);
    second.kill('SIGTERM');
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
  } finally {
    await killable.close();
  }
}, 90_000);

test('what an import changes in a known contact stands in its history, and meets edits that were made meanwhile', async () => {
  const phone = '+14155550188';
  const { id } = (await owner.call('POST', '/contacts', { firstName: 'Ines', company: 'Old', phone })).body.data;
  const [row] = await stack.rows<{ at: Date }>('select updated_at as at from contacts where id = $1', id);
  const importId = await send(
    owner,
    rowsOf(1, () => ({ phone, company: 'From the file', source: 'fair' })),
  );
  await run(importId);
  await untilStatus(importId, 'done');
  const history = `select user_id, before, after, at = (select updated_at from contacts where id = entity_id) as newest
    from audit_log where entity_id = $1 and action = 'contacts.import'`;
  expect(await stack.rows(history, id)).toEqual([
    {
      user_id: owner.userId,
      before: { company: 'Old', source: null },
      after: { company: 'From the file', source: 'fair' },
      newest: true,
    },
  ]);
  const agent = await stack.join(owner, 'AGENT');
  const basedOn = { [id]: row?.at.getTime() ?? 0 };
  await agent.push({ name: 'contacts.update', input: { id, company: 'By hand' }, basedOn });
  expect(await stack.rows('select kind, mine, theirs, theirs_by_id from met_changes where entity_id = $1', id)).toEqual(
    [
      {
        kind: 'overwritten',
        mine: { company: 'By hand' },
        theirs: { company: 'From the file', source: 'fair' },
        theirs_by_id: owner.userId,
      },
    ],
  );
});

test('each batch of an import is one row of the audit log that names what it made', async () => {
  const id = await send(
    owner,
    rowsOf(17, (i) => ({ firstName: `Audited ${i}` })),
    { partSize: 3 },
  );
  await run(id);
  await untilStatus(id, 'done');
  const audit = await stack.rows<{ after: { created: number; contactIds: string[] } }>(
    `select after from audit_log where entity_id = $1 and action = 'contacts.importBatch' order by at, id`,
    id,
  );
  expect(audit.map(({ after }) => [after.created, after.contactIds.length])).toEqual([
    [15, 15],
    [2, 2],
  ]);
  const made = await stack.rows<{ id: string }>('select id from contacts where import_id = $1', id);
  expect(audit.flatMap(({ after }) => after.contactIds).toSorted()).toEqual(made.map((row) => row.id).toSorted());
});

const consentOf = async (id: string) =>
  stack.rows(
    'select act, purpose, kind, source, method, given_at from consents where contact_id = $1 order by given_at',
    id,
  );
const importRowsOf = async (rows: ImportRow[], more: object = {}) => {
  const id = await send(owner, rows, more);
  await run(id);
  await untilStatus(id, 'done');
  return id;
};

test('everything a row may say of a contact arrives, and a second time changes nothing', async () => {
  const [stage] = await stack.rows<{ id: string; pipeline_id: string }>(
    `select id, pipeline_id from stages where tenant_id = $1 and name = 'Qualified'`,
    owner.tenantId,
  );
  const givenAt = Date.UTC(2026, 0, 2);
  const rows: ImportRow[] = [
    {
      row: 2,
      fields: {
        firstName: 'Whole',
        phone: '+14155550190',
        leadStatus: 'qualified',
        ownerId: owner.userId,
        sentiment: 'hot',
        estimatedRevenueCents: 120_050,
        hasMessenger: true,
        keywords: ['roof', 'solar'],
        attributes: { home: { city: 'Ames' } },
      },
      tags: ['Whole'],
      groups: ['Golfers', 'golfers'],
      stageId: stage?.id ?? '',
      consents: [
        { act: 'given', purpose: 'marketing', kind: 'form', source: 'fair', givenAt, expiresAt: null },
        { act: 'given', purpose: 'automated', kind: 'form', source: null, givenAt: null, expiresAt: null },
      ],
      optOut: { at: null, reason: 'asked' },
    },
  ];
  await importRowsOf(rows);
  const [contact] = (await owner.call('GET', '/contacts?search=whole')).body.data;
  expect(contact).toMatchObject({
    leadStatus: 'qualified',
    ownerId: owner.userId,
    sentiment: 'hot',
    estimatedRevenueCents: 120_050,
    hasMessenger: true,
    keywords: ['roof', 'solar'],
    attributes: { home: { city: 'Ames' } },
    stageId: stage?.id,
    pipelineId: stage?.pipeline_id,
    stageEnteredAt: expect.any(Number),
    statusEnteredAt: expect.any(Number),
    marketingConsentUntil: NO_END,
    automatedConsentUntil: NO_END,
    optOutMethod: 'import',
    optOutReason: 'asked',
  });
  expect(contact.groupIds).toHaveLength(1);
  expect(await consentOf(contact.id)).toMatchObject([
    { act: 'given', purpose: 'marketing', kind: 'form', source: 'fair', method: 'import', given_at: new Date(givenAt) },
    { act: 'given', purpose: 'automated' },
    { act: 'opted_out' },
  ]);
  const again = await importRowsOf(rows);
  expect(await progress(again)).toMatchObject({ created: 0 });
  expect((await owner.call('GET', `/contacts/${contact.id}`)).body.data).toEqual(contact);
  expect(await consentOf(contact.id)).toHaveLength(3);
  expect(await stack.rows('select field from contact_changes where contact_id = $1', contact.id)).toEqual([]);
});

test('an agreement that a file tells of a contact one knows is held against its other records', async () => {
  const { id } = (await owner.call('POST', '/contacts', { firstName: 'Asked', phone: '+14155550191' })).body.data;
  const told = (act: 'given' | 'withdrawn', givenAt: number): ImportRow[] => [
    {
      row: 2,
      fields: { phone: '+14155550191' },
      tags: [],
      consents: [{ act, purpose: 'marketing', kind: 'import', source: null, givenAt, expiresAt: null }],
    },
  ];
  const until = async () => (await owner.call('GET', `/contacts/${id}`)).body.data.marketingConsentUntil;
  await importRowsOf(told('given', 2_000));
  expect(await until()).toBe(NO_END);
  await importRowsOf(told('withdrawn', 1_000));
  expect(await until()).toBe(NO_END);
  await importRowsOf(told('withdrawn', 3_000));
  expect(await until()).toBeNull();
});
