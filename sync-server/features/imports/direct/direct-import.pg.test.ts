import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
const dataDir = mkdtempSync(path.join(tmpdir(), 'uploads-'));
beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,worker', DATA_DIR: dataDir });
  owner = await stack.signUp();
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const untilDone = (id: string) =>
  vi.waitFor(
    async () =>
      expect((await stack.rows('select status from import_jobs where id = $1', id))[0]).toEqual({ status: 'done' }),
    { timeout: 20_000, interval: 50 },
  );
const contactsOf = async (who: Person) => (await who.call('GET', '/contacts?sortBy=name')).body.data;

async function upload(who: Person, file: string | Blob, fields: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', typeof file === 'string' ? new Blob([file], { type: 'text/csv' }) : file, 'Größe.csv');
  const reply = await fetch(`${stack.url}/api/contacts/import`, { method: 'POST', headers: who.headers, body: form });
  return { status: reply.status, body: (await reply.json()) as { data?: never; error?: never } };
}

test('rows by heading become contacts; wrong ones are listed with their reasons', async () => {
  const { status, body } = await owner.call('POST', '/crm/contacts/import', {
    rows: [
      {
        firstName: 'Ada',
        phone: '(415) 555-0100',
        tags: ['vip', 'a, b'],
        leadStatus: 'Contact made',
        attributes: { address: { city: 'Paris' }, size: 7 },
        marketingConsent: 'yes',
      },
      { firstName: 'Nobody' },
      { 'First Name': 'Bob', Email: 'Bob@Example.org' },
    ],
  });
  expect([status, body.data]).toMatchObject([200, { rows: 2, invalid: 1, withoutConsent: 1 }]);
  await untilDone(body.data.id);
  const [ada, bob] = await contactsOf(owner);
  expect(ada).toMatchObject({
    firstName: 'Ada',
    phone: '+14155550100',
    tags: ['a, b', 'vip'],
    leadStatus: 'contact_made',
    attributes: { address: { city: 'Paris' }, size: '7' },
    marketingConsentUntil: expect.any(Number),
  });
  expect(bob).toMatchObject({ email: 'bob@example.org', marketingConsentUntil: null });
  expect((await owner.call('GET', `/imports/${body.data.id}/problems`)).body.data).toEqual([
    { row: 2, reason: 'No phone number and no email address.' },
  ]);
});

test('a file is read beside its choices, and is gone from the disk afterwards', async () => {
  const who = await stack.signUp();
  const { status, body } = await upload(who, '\ufeffWer;Nummer;Ort\n"Jürgen ""J"" Müller";030 901820;"Köln\nMitte"\n', {
    country: 'DE',
    columns: JSON.stringify({ Wer: 'fullName', Nummer: 'phone', Ort: 'attribute:address.city' }),
  });
  expect([status, body.data]).toMatchObject([200, { rows: 1, invalid: 0 }]);
  await untilDone((body.data as unknown as { id: string }).id);
  expect(await contactsOf(who)).toMatchObject([
    {
      firstName: 'Jürgen',
      lastName: '"J" Müller',
      phone: '+4930901820',
      attributes: { address: { city: 'Köln\nMitte' } },
    },
  ]);
  expect(await stack.rows('select file_name from import_jobs where tenant_id = $1', who.tenantId)).toEqual([
    { file_name: 'Größe.csv' },
  ]);
  expect(readdirSync(path.join(dataDir, 'uploads'))).toEqual([]);
});

test('what cannot be imported is refused in words, and nothing of it is kept', async () => {
  const who = await stack.signUp();
  expect(await upload(who, 'Name,City\nAda,Paris\n')).toMatchObject({
    status: 400,
    body: {
      error: {
        message: 'No row can be imported. Nothing was changed.',
        details: { invalid: 1, problems: [{ row: 2, reason: 'No phone number and no email address.' }] },
      },
    },
  });
  expect(await upload(who, new Blob([new Uint8Array(51 * 1024 * 1024)]))).toMatchObject({
    status: 429,
    body: { error: { code: 'limit_reached' } },
  });
  expect(await upload(who, 'Email\na@example.org\n', { columns: '{' })).toMatchObject({ status: 400 });
  expect(await upload(who, 'Email\na@example.org\n', { columns: '{"Email":"nothing"}' })).toMatchObject({
    status: 400,
  });
  expect(await stack.rows('select 1 from import_jobs where tenant_id = $1', who.tenantId)).toEqual([]);
  expect(readdirSync(path.join(dataDir, 'uploads'))).toEqual([]);
});

test('a viewer may not, in either way', async () => {
  const viewer = await stack.join(owner, 'VIEWER');
  expect(await viewer.call('POST', '/contacts/import', { rows: [{ email: 'x@example.org' }] })).toMatchObject({
    status: 403,
  });
  expect(await upload(viewer, 'Email\nx@example.org\n')).toMatchObject({ status: 403 });
});
