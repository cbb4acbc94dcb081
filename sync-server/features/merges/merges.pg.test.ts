import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactFields } from '../../../shared/contacts/contact.ts';
import { toColumnName } from '../../../shared/protocol/synced-table.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  stack = await startTestStack();
  ada = await stack.signUp();
  bob = await stack.join(ada, 'AGENT');
});
afterAll(() => stack.close());

const updatedAt = async (id: string, table = 'contacts') =>
  (await stack.rows<{ at: Date }>(`select updated_at as at from ${table} where id = $1`, id))[0]?.at.getTime() ?? 0;
const create = async (fields: object = { firstName: 'Zoe', company: 'Old' }) => {
  const id = randomUUID();
  await ada.push({ name: 'contacts.create', input: { id, firstName: 'Ada', ...fields } });
  return { id, basis: await updatedAt(id) };
};
const edit = (id: string, fields: object, basis?: number, madeAt = Date.now()) => ({
  name: 'contacts.update',
  input: { id, ...fields },
  madeAt,
  ...(basis === undefined ? {} : { basedOn: { [id]: basis } }),
});
type Met = { id: string; kind: string; mine: object; theirs: object; resolved_by_id: string | null };
const metOf = (entityId: string) =>
  stack.rows<Met>('select * from met_changes where entity_id = $1 order by created_at, id', entityId);
const contact = async (id: string) => (await ada.call('GET', `/contacts/${id}`)).body.data;

test('different fields both stand, and the meeting says who set what', async () => {
  const { id, basis } = await create();
  await ada.push(edit(id, { company: 'New' }));
  await bob.push(edit(id, { firstName: 'Eve' }, basis));
  expect(await contact(id)).toMatchObject({ company: 'New', firstName: 'Eve' });
  expect(await metOf(id)).toEqual([
    {
      id: expect.any(String),
      tenant_id: ada.tenantId,
      entity: 'contact',
      entity_id: id,
      contact_id: id,
      kind: 'merged',
      mine: { firstName: 'Eve' },
      theirs: { company: 'New' },
      mine_by_id: bob.userId,
      mine_made_at: expect.any(Date),
      theirs_by_id: ada.userId,
      theirs_at: expect.any(Date),
      created_at: expect.any(Date),
      resolved_at: null,
      resolved_by_id: null,
      device_id: bob.deviceId,
    },
  ]);
});

test('of one field the later arrival shows and the earlier is kept; both stay in the history with their devices', async () => {
  const { id, basis } = await create();
  await ada.push(edit(id, { company: 'First' }));
  await bob.push(edit(id, { company: 'Second', phone: '+14155550100' }, basis));
  expect((await contact(id)).company).toBe('Second');
  expect(await metOf(id)).toMatchObject([
    { kind: 'overwritten', mine: { company: 'Second', phone: '+14155550100' }, theirs: { company: 'First' } },
  ]);
  const history = await stack.rows(
    `select after->>'company' as company, device_id from audit_log where entity_id = $1 and action = 'contacts.update' order by at`,
    id,
  );
  expect(history).toEqual([
    { company: 'First', device_id: ada.deviceId },
    { company: 'Second', device_id: bob.deviceId },
  ]);
});

test('an edit on the newest state, on a state of this device’s own making, or without a basis meets nothing', async () => {
  const { id, basis } = await create();
  await ada.push(edit(id, { company: 'A' }, basis), edit(id, { company: 'B' }, basis));
  await bob.push(edit(id, { company: 'C' }, await updatedAt(id)));
  await ada.push(edit(id, { company: 'D' }));
  expect(await metOf(id)).toEqual([]);
});

test('the same person on two devices has met as two people have', async () => {
  const { id, basis } = await create();
  const phone = await stack.join(ada);
  await ada.push(edit(id, { company: 'Desk' }));
  await phone.push(edit(id, { company: 'Phone' }, basis));
  expect(await metOf(id)).toMatchObject([{ kind: 'overwritten', theirs: { company: 'Desk' } }]);
});

test('the updated_at of a row only grows, also where the clock stands still or goes back, and the audit row carries it', async () => {
  const { id: contactId } = await create();
  const noteId = randomUUID();
  await ada.push({ name: 'notes.add', input: { id: noteId, contactId, body: 'n' } });
  const ahead = new Date(Date.now() + 3_600_000);
  for (const [table, id, write] of [
    ['contacts', contactId, edit(contactId, { company: 'C' })],
    ['notes', noteId, { name: 'notes.edit', input: { id: noteId, body: 'm' } }],
  ] as const) {
    await stack.rows(`update ${table} set updated_at = $2 where id = $1`, id, ahead);
    await ada.push(write, { ...write });
    expect(await updatedAt(id, table)).toBe(ahead.getTime() + 2);
    const audit = await stack.rows<{ at: Date }>(
      'select at from audit_log where entity_id = $1 and action = $2 order by at',
      id,
      write.name,
    );
    expect(audit.map(({ at }) => at.getTime() - ahead.getTime())).toEqual([1, 2]);
  }
});

test('several offline edits of one field are one meeting that carries the last of them', async () => {
  const { id, basis } = await create();
  await ada.push(edit(id, { company: 'Theirs' }));
  await bob.push(edit(id, { company: 'Mine 1' }, basis), edit(id, { company: 'Mine 2' }, basis));
  expect(await metOf(id)).toMatchObject([{ mine: { company: 'Mine 2' }, theirs: { company: 'Theirs' } }]);
});

test('whatever the device’s clock says, the time shown lies between what the edit was made on and its arrival', async () => {
  for (const [madeAt, expected] of [
    [0, 'basis'],
    [Date.UTC(2100, 0), 'arrival'],
    [-8e15, 'basis'],
    [Number.MAX_SAFE_INTEGER, 'arrival'],
  ] as const) {
    const { id, basis } = await create();
    await ada.push(edit(id, { company: 'Theirs' }));
    const before = Date.now();
    expect(await bob.push(edit(id, { company: 'Mine' }, basis, madeAt))).toMatchObject([{ status: 'accepted' }]);
    const [met] = await stack.rows<{ at: Date; row: Date }>(
      'select mine_made_at as at, (select updated_at from contacts where id = entity_id) as row from met_changes where entity_id = $1',
      id,
    );
    if (expected === 'basis') expect(met?.at.getTime()).toBe(basis);
    else expect(met?.at.getTime()).toBeGreaterThanOrEqual(before);
    // The row's own time is the server's.
    expect(met?.row.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(met?.row.getTime()).toBeLessThanOrEqual(Date.now() + 5);
  }
});

test('a basis from nowhere does no harm', async () => {
  for (const basis of [-1, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]) {
    const { id } = await create();
    await ada.push(edit(id, { company: 'Theirs' }));
    expect(await bob.push(edit(id, { company: 'Mine' }, basis))).toMatchObject([{ status: 'accepted' }]);
  }
});

test('notes meet by their text', async () => {
  const { id: contactId } = await create();
  const id = randomUUID();
  await ada.push({ name: 'notes.add', input: { id, contactId, body: 'One' } });
  const basis = await updatedAt(id, 'notes');
  await ada.push({ name: 'notes.edit', input: { id, body: 'Two' } });
  const phone = await stack.join(ada);
  await phone.push({ name: 'notes.edit', input: { id, body: 'Three' }, basedOn: { [id]: basis } });
  expect(await metOf(id)).toMatchObject([
    { entity: 'note', contact_id: contactId, kind: 'overwritten', mine: { body: 'Three' }, theirs: { body: 'Two' } },
  ]);
  const [met] = await metOf(id);
  expect(await bob.push({ name: 'merges.restore', input: { id: met?.id } })).toMatchObject([{ code: 'forbidden' }]);
  expect(await ada.push({ name: 'merges.restore', input: { id: met?.id } })).toMatchObject([{ status: 'accepted' }]);
  expect(await stack.rows('select body from notes where id = $1', id)).toEqual([{ body: 'Two' }]);
});

async function meet(theirs: object, mine: object) {
  const { id, basis } = await create();
  await ada.push(edit(id, theirs));
  await bob.push(edit(id, mine, basis));
  const [met] = await metOf(id);
  return { id, metId: met?.id ?? '' };
}

test('restoring sets the overwritten values again, settles the meeting and stands in the contact’s history', async () => {
  const { id, metId } = await meet({ company: 'Theirs', source: 'fair' }, { company: 'Mine', firstName: 'Zed' });
  const restored = await ada.call('POST', `/merges/${metId}/restore`, {});
  expect(restored).toMatchObject({ status: 200, body: { data: { id: metId } } });
  expect(await contact(id)).toMatchObject({ company: 'Theirs', source: 'fair', firstName: 'Zed' });
  expect(await metOf(id)).toMatchObject([{ resolved_by_id: ada.userId, mine: { company: 'Mine', firstName: 'Zed' } }]);
  const history = await stack.rows(
    `select before, after from audit_log where entity = 'contact' and entity_id = $1 and action = 'merges.restore'`,
    id,
  );
  expect(history).toEqual([{ before: { company: 'Mine' }, after: { company: 'Theirs' } }]);
  expect((await ada.call('GET', '/contacts?search=theirs')).body.total).toBeGreaterThan(0);
});

test('restoring takes the values from the record, whatever the request says it shows', async () => {
  const { id, metId } = await meet({ company: 'Theirs', locale: 'de' }, { company: 'Mine', locale: 'fr' });
  const shows = { entity: 'contact', entityId: id, values: { locale: 'forged', company: 'forged' } };
  await bob.push({ name: 'merges.restore', input: { id: metId, fields: ['locale'], shows } });
  expect(await contact(id)).toMatchObject({ company: 'Mine', locale: 'de' });
});

test('a field of which nothing is kept cannot be restored, and nothing is', async () => {
  const { id, metId } = await meet({ company: 'Theirs' }, { company: 'Mine' });
  for (const fields of [['company', 'phone'], ['constructor'], ['tenantId']])
    expect(await bob.push({ name: 'merges.restore', input: { id: metId, fields } })).toMatchObject([
      { code: 'invalid_input' },
    ]);
  expect((await contact(id)).company).toBe('Mine');
  expect(await metOf(id)).toMatchObject([{ resolved_at: null }]);
});

test('dismissing settles a meeting once and changes nothing else; it can still be restored', async () => {
  const { id, metId } = await meet({ company: 'Theirs' }, { company: 'Mine' });
  await bob.push({ name: 'merges.dismiss', input: { id: metId } });
  await ada.push({ name: 'merges.dismiss', input: { id: metId } });
  expect(await metOf(id)).toMatchObject([{ resolved_by_id: bob.userId }]);
  expect((await contact(id)).company).toBe('Mine');
  await ada.push({ name: 'merges.restore', input: { id: metId } });
  expect((await contact(id)).company).toBe('Theirs');
});

test('a restore is an edit like any other: what it meets is kept in turn', async () => {
  const { id, metId } = await meet({ company: 'Theirs' }, { company: 'Mine' });
  const basis = await updatedAt(id);
  const eve = await stack.join(ada, 'AGENT');
  await eve.push(edit(id, { company: 'Eve’s' }));
  await ada.push({ name: 'merges.restore', input: { id: metId }, basedOn: { [id]: basis } });
  expect((await contact(id)).company).toBe('Theirs');
  expect(await metOf(id)).toMatchObject([
    { resolved_by_id: ada.userId },
    { kind: 'overwritten', mine: { company: 'Theirs' }, theirs: { company: 'Eve’s' }, resolved_at: null },
  ]);
});

test('meetings of a deleted contact go with it', async () => {
  const { id, metId } = await meet({ company: 'Theirs' }, { company: 'Mine' });
  await ada.push({ name: 'contacts.delete', input: { id } });
  expect(await bob.push({ name: 'merges.restore', input: { id: metId } })).toMatchObject([{ code: 'not_found' }]);
});

test('two edits that arrive at the same time from one basis meet, whichever comes first', async () => {
  const { id, basis } = await create();
  await Promise.all([ada.push(edit(id, { company: 'A' }, basis)), bob.push(edit(id, { company: 'B' }, basis))]);
  const shown = (await contact(id)).company as 'A' | 'B';
  const kept = shown === 'A' ? 'B' : 'A';
  expect(await metOf(id)).toMatchObject([{ kind: 'overwritten', mine: { company: shown }, theirs: { company: kept } }]);
});

test('whatever two devices edit offline, nothing is lost: both values show or are kept, and history has both', async () => {
  const pages = ['page-a', 'page-b'].map(() => randomUUID());
  for (const page of pages)
    await stack.rows(
      `insert into facebook_pages (id, tenant_id, meta_page_id, name, created_at, updated_at) values ($1, $2, $3, 'P', now(), now())`,
      page,
      ada.tenantId,
      page,
    );
  /** What the first or the second device writes into a field of the n-th contact. */
  const VALUES: Record<string, (second: boolean, n: number) => unknown> = {
    firstName: (second) => (second ? 'Bea' : 'Al'),
    lastName: (second) => (second ? 'Bye' : 'Ay'),
    company: (second) => (second ? 'B Ltd' : 'A Ltd'),
    email: (second) => (second ? 'b@mail.example' : 'a@mail.example'),
    phone: (second) => (second ? '+14155550102' : '+14155550101'),
    leadScore: (second) => (second ? 2 : 1),
    leadStatus: (second) => (second ? 'sold' : 'new'),
    ownerId: (second) => (second ? bob.userId : ada.userId),
    source: (second) => (second ? 'Fair' : 'Web'),
    locale: (second) => (second ? 'de' : 'en'),
    timezone: (second) => (second ? 'Europe/Berlin' : 'UTC'),
    attributes: (second) => ({ city: second ? 'Bonn' : 'Ulm' }),
    messengerPsid: (second, n) => `m${second}${n}`,
    instagramSid: (second, n) => `i${second}${n}`,
    profilePicUrl: (second) => `https://pic.example/${second}`,
    hasMessenger: (second) => second,
    hasInstagram: (second) => second,
    facebookPageId: (second) => pages[second ? 1 : 0],
    sentiment: (second) => (second ? 'hot' : 'cold'),
    estimatedRevenueCents: (second) => (second ? 200 : 100),
    actualRevenueCents: (second) => (second ? 200 : 100),
    emergency: (second) => second,
    keywords: (second) => [second ? 'roof' : 'wall'],
  };
  expect(Object.keys(VALUES)).toEqual(Object.keys(contactFields.shape));
  const fields = Object.keys(VALUES);
  const pairs = fields.flatMap((first) => fields.map((second) => ({ id: randomUUID(), first, second })));
  const inParts = async (who: Person, writes: Parameters<Person['push']>) => {
    for (let from = 0; from < writes.length; from += 250)
      for (const result of await who.push(...writes.slice(from, from + 250)))
        expect(result).toMatchObject({ status: 'accepted' });
  };
  const valueOf = (field: string, second: boolean, n: number) => VALUES[field]?.(second, n);
  await inParts(
    ada,
    pairs.map(({ id }) => ({ name: 'contacts.create', input: { id, firstName: 'Ada' } })),
  );
  const bases = await stack.rows<{ id: string; at: Date }>(
    'select id, updated_at as at from contacts where tenant_id = $1',
    ada.tenantId,
  );
  const basisOf = new Map(bases.map(({ id, at }) => [id, at.getTime()]));
  await inParts(
    ada,
    pairs.map(({ id, first }, n) => edit(id, { [first]: valueOf(first, false, n) }, basisOf.get(id))),
  );
  await inParts(
    bob,
    pairs.map(({ id, second }, n) => edit(id, { [second]: valueOf(second, true, n) }, basisOf.get(id))),
  );

  const met = await stack.rows<Met & { entity_id: string }>(
    'select * from met_changes where tenant_id = $1',
    ada.tenantId,
  );
  const metBy = new Map(met.map((row) => [row.entity_id, row]));
  const changes = await stack.rows<{ id: string; field: string; after: unknown; device_id: string }>(
    'select contact_id as id, field, after, device_id from contact_changes where tenant_id = $1 order by contact_changes.id',
    ada.tenantId,
  );
  const changesOf = Map.groupBy(changes, ({ id }) => id);
  const rows = await stack.rows<{ row: Record<string, unknown> }>(
    'select to_jsonb(c) as row from contacts c where tenant_id = $1',
    ada.tenantId,
  );
  const rowOf = new Map(rows.map(({ row }) => [row['id'], row]));
  for (const [n, { id, first, second }] of pairs.entries()) {
    const [mine, theirs] = [{ [second]: valueOf(second, true, n) }, { [first]: valueOf(first, false, n) }];
    const shown = { ...theirs, ...mine };
    for (const [field, value] of Object.entries(shown))
      expect([field, rowOf.get(id)?.[toColumnName(field)]]).toEqual([field, value]);
    expect(metBy.get(id)).toMatchObject({ kind: first === second ? 'overwritten' : 'merged', mine, theirs });
    expect(changesOf.get(id)?.map(({ field, after, device_id }) => [field, after, device_id])).toEqual([
      [first, theirs[first], ada.deviceId],
      [second, mine[second], bob.deviceId],
    ]);
  }
});

test('an edit meets what an act on many contacts changed meanwhile, with what this one had before', async () => {
  const [one, other] = [
    await create({ firstName: 'Zoe', leadScore: 5 }),
    await create({ firstName: 'Yan', leadScore: 7 }),
  ];
  await ada.push({ name: 'contacts.setScore', input: { contactIds: [one.id, other.id], leadScore: 50 } });
  await bob.push(edit(one.id, { leadScore: 80 }, one.basis), edit(other.id, { company: 'New' }, other.basis));
  expect(await metOf(one.id)).toMatchObject([
    { kind: 'overwritten', mine: { leadScore: 80 }, theirs: { leadScore: 50 }, theirs_by_id: ada.userId },
  ]);
  expect(await metOf(other.id)).toMatchObject([
    { kind: 'merged', mine: { company: 'New' }, theirs: { leadScore: 50 } },
  ]);
});

test('two people who set different own fields offline both win, though each sent all of them', async () => {
  const { id, basis } = await create({ firstName: 'Own', attributes: { roof: 'flat', floors: 2 } });
  await ada.push(edit(id, { attributes: { roof: 'steep', floors: 2 } }, basis));
  await bob.push(edit(id, { attributes: { roof: 'flat', floors: 3, garden: true } }, basis));
  expect(await contact(id)).toMatchObject({ attributes: { roof: 'steep', floors: 3, garden: true } });
  expect(await metOf(id)).toMatchObject([{ kind: 'merged', theirs: { attributes: { roof: 'steep', floors: 2 } } }]);
  // What one device sends again on what it knew then takes nothing away from the other.
  await bob.push(edit(id, { attributes: { roof: 'flat', floors: 4, garden: true } }, basis));
  expect(await contact(id)).toMatchObject({ attributes: { roof: 'steep', floors: 4, garden: true } });
  const again = await create({ firstName: 'Own', attributes: { floors: 2 } });
  await ada.push(edit(again.id, { attributes: { floors: 3 } }, again.basis));
  await bob.push(edit(again.id, { attributes: { floors: 4 } }, again.basis));
  expect(await contact(again.id)).toMatchObject({ attributes: { floors: 4 } });
  expect(await metOf(again.id)).toMatchObject([
    { kind: 'overwritten', mine: { attributes: { floors: 4 } }, theirs: { attributes: { floors: 3 } } },
  ]);
});
