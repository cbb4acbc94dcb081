import { randomUUID } from 'node:crypto';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
const ADA = randomUUID();
const BOB = randomUUID();

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  const groupId = randomUUID();
  const make = (input: object) => owner.push({ name: 'contacts.create', input });
  await make({
    id: ADA,
    firstName: 'Ada',
    lastName: '=Lovelace',
    phone: '+14155550100',
    tags: ['vip'],
    attributes: { address: { city: 'Paris' }, note: '@x' },
  });
  await make({ id: BOB, firstName: 'Bob', email: 'bob@example.org' });
  expect(
    await owner.push(
      { name: 'groups.create', input: { id: groupId, name: 'Fair' } },
      { name: 'contacts.addToGroup', input: { groupId, contactIds: [ADA] } },
    ),
  ).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
  await owner.push({ name: 'notes.add', input: { id: randomUUID(), contactId: ADA, body: 'Call back' } });
});
afterAll(() => stack.close());

const fetchFile = async (who: Person, path: string) => {
  const reply = await fetch(`${stack.url}/api${path}`, { headers: who.headers });
  // `text` would leave the mark out.
  return { reply, text: Buffer.from(await reply.arrayBuffer()).toString() };
};
const tableOf = (csv: string) =>
  Papa.parse<Record<string, string>>(csv.replace('\ufeff', ''), { header: true, skipEmptyLines: true }).data;

test('the contacts of a filter come as a CSV file, by both addresses', async () => {
  const { reply, text } = await fetchFile(owner, '/crm/export/csv?search=lovelace');
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': expect.stringMatching(/^attachment; filename="switchboard-contacts-\d{4}-\d\d-\d\d\.csv"$/),
    'cache-control': 'no-store',
  });
  expect(text.startsWith('\ufeffSwitchboard ID,')).toBe(true);
  expect(tableOf(text)).toMatchObject([
    {
      'Switchboard ID': ADA,
      'Last name': "'=Lovelace",
      Phone: '+14155550100',
      Tags: 'vip',
      Groups: 'Fair',
      'address.city': 'Paris',
      note: "'@x",
    },
  ]);
  const all = await fetchFile(owner, '/export/csv?bom=false');
  expect(tableOf(all.text).map((row) => row['Switchboard ID'])).toEqual([ADA, BOB]);
});

test('interactions are a file of their own', async () => {
  const { text } = await fetchFile(owner, '/crm/export/csv?include=interactions');
  expect(tableOf(text)).toMatchObject([{ 'Contact ID': ADA, Kind: 'note', Text: 'Call back' }]);
});

test('records for Salesforce carry our id, and what was done where it is wanted', async () => {
  const { reply, text } = await fetchFile(owner, '/crm/export/salesforce?object=Contact&interactions=true');
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const { records } = JSON.parse(text) as { records: Record<string, unknown>[] };
  expect(records).toMatchObject([
    { attributes: { type: 'Contact' }, Switchboard_Id__c: ADA, LastName: '=Lovelace' },
    { attributes: { type: 'Contact' }, Switchboard_Id__c: BOB },
    { attributes: { type: 'Task' }, Who: { Switchboard_Id__c: ADA }, Description: 'Call back' },
  ]);
  expect(JSON.parse((await fetchFile(owner, '/export/salesforce?search=nobody')).text)).toEqual({ records: [] });
});

test('nobody gets the contacts of another workspace, and a filter that is none is refused before the file begins', async () => {
  const other = await stack.signUp();
  expect(tableOf((await fetchFile(other, '/crm/export/csv')).text)).toEqual([]);
  const { reply, text } = await fetchFile(owner, '/crm/export/csv?minScore=many');
  expect([reply.status, JSON.parse(text)]).toMatchObject([400, { error: { code: 'invalid_input' } }]);
});

test('more contacts than a page come all, each once', async () => {
  const many = await stack.signUp();
  await stack.rows(
    `insert into contacts (id, tenant_id, first_name, name_key, search, created_at, updated_at)
     select gen_random_uuid(), $1, 'P' || i, 'p' || i, 'p' || i, now(), now() from generate_series(1, 2500) i`,
    many.tenantId,
  );
  const rows = tableOf((await fetchFile(many, '/crm/export/csv')).text);
  expect(new Set(rows.map((row) => row['First name'])).size).toBe(2_500);
});
