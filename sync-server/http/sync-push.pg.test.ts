import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const create = (id = randomUUID(), firstName = 'Pushed') => ({
  writeId: randomUUID(),
  name: 'contacts.create',
  input: { id, firstName },
});
const push = (person: Person, body: unknown) => person.call('POST', '/sync/push', body);
const countOf = async (id: string) => (await stack.rows('select 1 from contacts where id = $1', id)).length;

test('the writes of a batch are done in order and commit together, with an upper bound of their commit position', async () => {
  const id = randomUUID();
  const [a, b] = await owner.push(create(id), { name: 'contacts.update', input: { id, company: 'Acme' } });
  if (a?.status !== 'accepted' || b?.status !== 'accepted') throw new Error('not accepted');
  expect(await stack.rows('select company from contacts where id = $1', id)).toEqual([{ company: 'Acme' }]);
  const receipts = await stack.rows('select txid, xmin::text from write_receipts where id = any($1)', [
    a.writeId,
    b.writeId,
  ]);
  expect(receipts).toEqual([0, 1].map(() => ({ txid: a.txid, xmin: a.txid })));
  expect(b.txid).toBe(a.txid);
  const [now] = await stack.rows<{ lsn: string }>(`select (pg_current_wal_insert_lsn() - '0/0')::text as lsn`);
  expect(BigInt(a.commitLsn)).toBeLessThanOrEqual(BigInt(now?.lsn ?? 0));
});

test('a write sent again gets the same answer and is not done again', async () => {
  const write = create();
  const [first] = await owner.push(write);
  const [second] = await owner.push(write);
  expect(second).toMatchObject({ status: 'accepted', txid: first?.status === 'accepted' ? first.txid : '' });
  expect(await countOf(write.input.id)).toBe(1);
});

test('the same write sent twice at once is done once', async () => {
  const write = create();
  const answers = await Promise.all([1, 2, 3, 4].map(() => owner.push(write)));
  expect(new Set(answers.flat().map((r) => (r.status === 'accepted' ? r.txid : r.status))).size).toBe(1);
  expect(await countOf(write.input.id)).toBe(1);
  expect(await stack.rows(`select 1 from audit_log where entity_id = $1`, write.input.id)).toHaveLength(1);
});

test('a refusal is remembered, takes nothing with it and leaves nothing behind', async () => {
  const contactId = randomUUID();
  const refused = { writeId: randomUUID(), name: 'notes.add', input: { contactId, body: 'Early' } };
  const [first] = await owner.push(refused);
  expect(first).toMatchObject({ status: 'refused', code: 'not_found' });
  // What it lacked is there now, yet the answer stays.
  await owner.push(create(contactId));
  expect(await owner.push(refused)).toEqual([first]);
  const [after] = await owner.push(create());
  expect(after?.status).toBe('accepted');
});

test('a refused write in the middle does not stop the ones after it', async () => {
  const results = await owner.push(create(), { name: 'contacts.delete', input: { id: randomUUID() } }, create());
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'refused', 'accepted']);
});

test('receipts are rows of the device that wrote, made in the same transaction', async () => {
  const write = create();
  const [result] = await owner.push(write);
  const [receipt] = await stack.rows(
    'select device_id, status, code, xmin::text as txid from write_receipts where id = $1',
    write.writeId,
  );
  expect(receipt).toEqual({
    device_id: owner.deviceId,
    status: 'accepted',
    code: null,
    txid: result?.status === 'accepted' ? result.txid : '',
  });
});

test('a write id of a colleague answers conflict and tells nothing', async () => {
  const write = create();
  await owner.push(write);
  const colleague = await stack.join(owner, 'AGENT');
  const [answer] = await colleague.push(write);
  expect(answer).toMatchObject({ status: 'refused', code: 'conflict' });
  expect(answer).not.toHaveProperty('details');
  expect(await countOf(write.input.id)).toBe(1);
});

test('a write sent again from a cloned replica gets the same answer, also after its device has ended it', async () => {
  const write = create();
  const refused = { writeId: randomUUID(), name: 'contacts.delete', input: { id: randomUUID() } };
  const [first, no] = await owner.push(write, refused);
  const clone = await stack.join(owner);
  const txid = first?.status === 'accepted' ? first.txid : '';
  expect(await clone.push(write, refused)).toMatchObject([{ status: 'accepted', txid }, no]);
  const ended = { protocol: 1, deviceId: owner.deviceId, writes: [], ended: [write.writeId, refused.writeId] };
  expect(await push(owner, ended)).toMatchObject({ status: 200, body: { results: [] } });
  expect(await clone.push(write, refused)).toMatchObject([{ status: 'accepted', txid }, no]);
  expect(await owner.push(write, refused)).toMatchObject([{ status: 'accepted', txid }, no]);
  expect(await stack.rows('select action from audit_log where entity_id = $1', write.input.id)).toEqual([
    { action: 'contacts.create' },
  ]);
});

test('ended writes leave the shape of their device and of no other', async () => {
  const colleague = await stack.join(owner, 'AGENT');
  const [mine, theirs] = [create(), create()];
  await owner.push(mine);
  await colleague.push(theirs);
  const ended = [mine.writeId, theirs.writeId, randomUUID()];
  await push(owner, { protocol: 1, deviceId: owner.deviceId, writes: [], ended });
  const of = (id: string) =>
    stack.rows('select device_id, ended_at is not null as ended, status from write_receipts where id = $1', id);
  expect(await of(mine.writeId)).toEqual([{ device_id: null, ended: true, status: 'accepted' }]);
  expect(await of(theirs.writeId)).toEqual([{ device_id: colleague.deviceId, ended: false, status: 'accepted' }]);
});

test('one write twice in a request is done once and answered twice', async () => {
  const write = create();
  const [a, b] = await owner.push(write, { ...write, input: { id: randomUUID(), firstName: 'Other' } });
  expect(a).toMatchObject({ status: 'accepted' });
  expect(b).toEqual(a);
  expect(await stack.rows('select 1 from audit_log where entity_id = $1', write.input.id)).toHaveLength(1);
});

test('a write id is the same in capitals, and is answered as it was sent', async () => {
  const write = create();
  const shouted = { ...write, writeId: write.writeId.toUpperCase() };
  const [a, b] = await owner.push(shouted, write);
  expect([a, b]).toMatchObject([
    { status: 'accepted', writeId: shouted.writeId },
    { status: 'accepted', writeId: write.writeId },
  ]);
  expect(await owner.push(shouted)).toMatchObject([{ status: 'accepted', writeId: shouted.writeId }]);
  expect(await stack.rows('select 1 from audit_log where entity_id = $1', write.input.id)).toHaveLength(1);
});

test('a batch longer than one transaction is decided to its end, in order', async () => {
  const writes = Array.from({ length: 120 }, (_, i) => (i % 50 === 7 ? { ...create(), name: 'no.such' } : create()));
  const results = await owner.push(...writes);
  expect(results.map(({ writeId }) => writeId)).toEqual(writes.map(({ writeId }) => writeId));
  expect(results.map(({ status }) => status)).toEqual(
    writes.map(({ name }) => (name === 'no.such' ? 'refused' : 'accepted')),
  );
  const txids = new Set(results.flatMap((r) => (r.status === 'accepted' ? [r.txid] : [])));
  expect(txids.size).toBeGreaterThan(1);
});

test('what a role may not do is refused', async () => {
  const viewer = await stack.join(owner, 'VIEWER');
  expect(await viewer.push(create())).toMatchObject([{ status: 'refused', code: 'forbidden' }]);
});

test('unknown operations, queries and wrong input are refused as invalid', async () => {
  const results = await owner.push(
    { name: 'contacts.explode', input: {} },
    { name: 'contacts.list', input: {} },
    { name: 'contacts.create', input: { phone: '12' } },
    { name: 'contacts.create', input: null },
    { name: 'contacts.create', input: { id: randomUUID(), firstName: 'nul \u0000' } },
  );
  expect(results.map((r) => r.status === 'refused' && r.code)).toEqual(Array(5).fill('invalid_input'));
});

test('another protocol is told which side to update', async () => {
  const reply = await push(owner, { protocol: 0, deviceId: owner.deviceId, writes: [] });
  expect(reply).toMatchObject({ status: 409, body: { error: { code: 'conflict', details: { reason: 'protocol' } } } });
  expect(reply.body.error?.message).toContain('update');
});

test('writes of another device than the token’s are not taken', async () => {
  const reply = await push(owner, { protocol: 1, deviceId: randomUUID(), writes: [] });
  expect(reply).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
});

test('a deadlock or a lost connection decides nothing: retry, and no later write is looked at', async () => {
  await stack.rows(`create function fail_passing() returns trigger language plpgsql as
    $$ begin raise exception 'no room' using errcode = '53100'; end $$`);
  await stack.rows(`create trigger fail_passing before insert on contacts for each row when (new.first_name = 'Disk full')
    execute function fail_passing()`);
  const full = create(randomUUID(), 'Disk full');
  const after = create();
  expect(await owner.push(create(), full, after)).toMatchObject([{ status: 'accepted' }, { status: 'retry' }]);
  expect(await countOf(after.input.id)).toBe(0);
  await stack.rows('drop trigger fail_passing on contacts');
  expect(await owner.push(full, after)).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
});

test('a database connection that dies in the middle of a write decides nothing, and the same push succeeds afterwards', async () => {
  await stack.rows(`create function die() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
  await stack.rows(`create trigger die before insert on contacts for each row when (new.first_name = 'Cut')
    execute function die()`);
  const cut = create(randomUUID(), 'Cut');
  expect(await owner.push(cut, create())).toMatchObject([{ status: 'retry' }]);
  expect(await stack.rows('select 1 from write_receipts where id = $1', cut.writeId)).toEqual([]);
  await stack.rows('drop trigger die on contacts');
  expect(await owner.push(cut)).toMatchObject([{ status: 'accepted' }]);
  expect(await countOf(cut.input.id)).toBe(1);
});

test('a connection that dies in the middle of a batch holds up neither what came before nor, later, what comes after', async () => {
  await stack.rows(`create trigger die before insert on contacts for each row when (new.first_name = 'Cut')
    execute function die()`);
  const [before, cut, after] = [create(), create(randomUUID(), 'Cut'), create()];
  expect(await owner.push(before, cut, after)).toMatchObject([{ status: 'accepted' }, { status: 'retry' }]);
  expect([await countOf(before.input.id), await countOf(after.input.id)]).toEqual([1, 0]);
  await stack.rows('drop trigger die on contacts');
  const results = await owner.push(before, cut, after);
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await countOf(before.input.id)).toBe(1);
});

test('a write that only fails when its transaction commits is refused alone', async () => {
  await stack.rows(`create function fail_late() returns trigger language plpgsql as
    $$ begin raise exception 'a late bug'; end $$`);
  await stack.rows(`create constraint trigger fail_late after insert on contacts deferrable initially deferred
    for each row when (new.first_name = 'Late') execute function fail_late()`);
  const [before, late, after] = [create(), create(randomUUID(), 'Late'), create()];
  const results = await owner.push(before, late, after);
  expect(results).toMatchObject([
    { status: 'accepted' },
    { status: 'refused', code: 'internal' },
    { status: 'accepted' },
  ]);
  expect(await owner.push(late)).toEqual([results[1]]);
  await stack.rows('drop trigger fail_late on contacts');
  expect(await countOf(late.input.id)).toBe(0);
});

test('devices that edit the same contacts in opposite order both get through', async () => {
  const ids = Array.from({ length: 40 }, () => randomUUID());
  await owner.push(...ids.map((id) => create(id)));
  const colleague = await stack.join(owner, 'AGENT');
  const edits = (company: string, of: string[]) =>
    of.map((id) => ({ writeId: randomUUID(), name: 'contacts.update', input: { id, company } }));
  const untilDecided = async (person: Person, writes: ReturnType<typeof edits>) => {
    for (let tries = 0; tries < 20; tries += 1) {
      const results = await person.push(...writes);
      if (results.every(({ status }) => status === 'accepted') && results.length === writes.length)
        return results.length;
    }
    return 0;
  };
  const counts = await Promise.all([
    untilDecided(owner, edits('One', ids)),
    untilDecided(colleague, edits('Two', ids.toReversed())),
  ]);
  expect(counts).toEqual([40, 40]);
  const [audit] = await stack.rows(
    `select count(*)::int as n from audit_log where entity_id = any($1) and action = 'contacts.update'`,
    ids,
  );
  expect(audit).toEqual({ n: 80 });
});

test('overlapping batches from a device and its clone do each write once and answer both the same', async () => {
  const writes = Array.from({ length: 60 }, () => create());
  const clone = await stack.join(owner);
  const [a, b] = await Promise.all([owner.push(...writes), clone.push(...writes.toReversed())]);
  expect(b.toReversed().map((r) => r.status === 'accepted' && r.txid)).toEqual(
    a.map((r) => r.status === 'accepted' && r.txid),
  );
  const [audit] = await stack.rows(
    'select count(*)::int as n from audit_log where entity_id = any($1)',
    writes.map(({ input }) => input.id),
  );
  expect(audit).toEqual({ n: 60 });
});

test('a fault of the server refuses the write in words instead of blocking the outbox for ever', async () => {
  await stack.rows(`create function fail_always() returns trigger language plpgsql as
    $$ begin raise exception 'a bug'; end $$`);
  await stack.rows(`create trigger fail_always before insert on contacts for each row when (new.first_name = 'Bug')
    execute function fail_always()`);
  const results = await owner.push(create(randomUUID(), 'Bug'), create());
  expect(results).toMatchObject([{ status: 'refused', code: 'internal' }, { status: 'accepted' }]);
  expect(JSON.stringify(results)).not.toContain('a bug');
});
