import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

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

test('of a person who was merged nothing is left either, nor of one whose merge was taken apart', async () => {
  const [keepId, mergeId, apartId] = [randomUUID(), randomUUID(), randomUUID()];
  const consent = (contactId: string, source: string) => ({
    name: 'consents.record',
    input: { contactId, purpose: 'marketing', kind: 'spoken', source },
  });
  await owner.push(
    { name: 'contacts.create', input: { id: keepId, firstName: 'Vasiliki' } },
    { name: 'contacts.create', input: { id: mergeId, firstName: 'Wolfhard', company: 'Wolfhard Ltd' } },
    { name: 'contacts.create', input: { id: apartId, firstName: 'Xanthippe', lastName: 'Xanthippe’s daughter' } },
    { name: 'contacts.update', input: { id: mergeId, source: 'Wolfhard himself' } },
    consent(mergeId, 'Wolfhard said so'),
    { name: 'contacts.merge', input: { keepId, mergeId } },
    { name: 'contacts.merge', input: { keepId, mergeId: apartId } },
  );
  const visit = { url: 'https://acme.example/Vasiliki', userAgent: 'Vasiliki’s browser' };
  expect((await owner.call('POST', `/contacts/${mergeId}/visits`, visit)).status).toBe(200);
  const [act] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'contacts.merge' and after ->> 'mergedId' = $1`,
    apartId,
  );
  expect(await owner.push({ name: 'activity.undo', input: { id: act?.id } })).toMatchObject([{ status: 'accepted' }]);
  const erase = (id: string) => owner.push({ name: 'privacy.eraseContact', input: { id, reason: 'Asked' } });
  expect(await erase(apartId)).toMatchObject([{ status: 'accepted' }]);
  expect(await tablesWith('Xanthippe')).toEqual([]);
  // By the id that is gone as well.
  const file = (await owner.call('GET', `/privacy/contacts/${mergeId}`)).body.data;
  expect(file).toMatchObject({
    consents: [{ source: 'Wolfhard said so' }],
    visits: [{ url: visit.url }],
    mergedContacts: [{ merged_id: mergeId, merged: { first_name: 'Wolfhard' } }],
  });
  expect(file.history).toContainEqual(expect.objectContaining({ action: 'contacts.create', entity_id: mergeId }));
  expect(await erase(mergeId)).toMatchObject([{ code: 'conflict', details: { reason: 'merged', keptId: keepId } }]);
  expect(await erase(keepId)).toMatchObject([{ status: 'accepted' }]);
  for (const name of ['Vasiliki', 'Wolfhard']) expect([name, await tablesWith(name)]).toEqual([name, []]);
});

test('who was merged is erased under every number and address they had, and stays opted out by each', async () => {
  const [keepId, mergeId, apartId, noteId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const merged = { phone: '+14155550171', email: 'yolanda@mail.example' };
  await owner.push(
    { name: 'contacts.create', input: { id: keepId, firstName: 'Yannick', phone: '+14155550170' } },
    { name: 'contacts.create', input: { id: mergeId, ...merged } },
    { name: 'contacts.create', input: { id: apartId, firstName: 'Zebulon' } },
    { name: 'notes.add', input: { id: noteId, contactId: mergeId, body: 'Yolanda likes tea' } },
    { name: 'notes.delete', input: { id: noteId } },
    { name: 'contacts.optOut', input: { id: mergeId } },
    { name: 'contacts.update', input: { id: apartId, company: 'Zebulon Ltd' } },
    { name: 'contacts.merge', input: { keepId, mergeId: apartId } },
  );
  const [act] = await stack.rows<{ id: string }>(`select id from acts where after ->> 'mergedId' = $1`, apartId);
  await owner.push(
    { name: 'activity.undo', input: { id: act?.id } },
    // What the kept one says of its own stays; the merged one's is remembered.
    { name: 'contacts.merge', input: { keepId, mergeId, fields: { email: null } } },
  );
  const importId = randomUUID();
  await owner.push({
    name: 'imports.start',
    input: { id: importId, fileName: 'a.csv', total: 1, duplicates: 'merge' },
  });
  await stack.rows(
    `insert into import_rows (import_id, tenant_id, part, row_count, rows) values ($1, $2, 0, 1, $3)`,
    importId,
    owner.tenantId,
    JSON.stringify([{ row: 1, fields: merged, tags: [] }]),
  );
  const file = (await owner.call('GET', `/privacy/contacts/${keepId}`)).body.data;
  expect(file).toMatchObject({ mergedContacts: [{ merged_id: mergeId }] });
  const erased = await owner.push({ name: 'privacy.eraseContact', input: { id: keepId, reason: 'Asked' } });
  expect(erased).toMatchObject([{ status: 'accepted' }]);
  for (const name of ['Yannick', 'olanda', merged.phone]) expect([name, await tablesWith(name)]).toEqual([name, []]);
  // Who was taken apart is another person.
  expect(await tablesWith('Zebulon Ltd')).toEqual(expect.arrayContaining(['public.audit_log', 'public.acts']));
  for (const again of [{ phone: merged.phone }, { phone: '+14155550170' }]) {
    const { data } = (await owner.call('POST', '/contacts', again)).body;
    expect((await owner.call('GET', `/contacts/${data.id}`)).body.data.optedOutAt).not.toBeNull();
  }
});
