import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_WRITE_BYTES } from '../../shared/protocol/push.ts';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let contactId: string;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  contactId = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id: contactId, firstName: 'Target' } });
});
afterAll(() => stack.close());

const send = (body: unknown) => owner.call('POST', '/sync/push', body);
const request = (writes: unknown, more: object = {}) => ({ protocol: 1, deviceId: owner.deviceId, writes, ...more });
const create = () => ({
  writeId: randomUUID(),
  name: 'contacts.create',
  input: { id: randomUUID(), firstName: 'In' },
  madeAt: Date.now(),
});
const note = (body: string) => ({ ...create(), name: 'notes.add', input: { id: randomUUID(), contactId, body } });
/** Everything a push may have changed. */
const state = async () =>
  stack.rows(`select (select count(*)::int from contacts) as contacts, (select count(*)::int from notes) as notes,
    (select count(*)::int from audit_log) as audit, (select count(*)::int from write_receipts) as receipts`);

const malformed: [string, () => unknown][] = [
  ['nothing', () => ''],
  ['null', () => 'null'],
  ['a list', () => '[]'],
  ['half a body', () => JSON.stringify(request([create()])).slice(0, -5)],
  ['no writes', () => ({ protocol: 1, deviceId: owner.deviceId })],
  ['writes that are no list', () => request({ 0: create() })],
  ['a write that is text', () => request([create(), 'contacts.create'])],
  ['a write id that is none', () => request([create(), { ...create(), writeId: '1' }])],
  ['a write id with SQL in it', () => request([{ ...create(), writeId: "x'; drop table contacts; --" }])],
  ['a name that is a number', () => request([{ ...create(), name: 7 }])],
  ['a name without end', () => request([{ ...create(), name: 'x'.repeat(101) }])],
  ['a time that is text', () => request([{ ...create(), madeAt: '2026-11-21' }])],
  ['a time between milliseconds', () => request([{ ...create(), madeAt: 0.5 }])],
  ['a time beyond all numbers', () => JSON.stringify(request([{ ...create(), madeAt: 8 }])).replace(':8}', ':1e999}')],
  ['a basis of something that has no id', () => request([{ ...create(), basedOn: { contact: 1 } }])],
  ['a protocol that is text', () => ({ ...request([create()]), protocol: '1' })],
  ['501 writes', () => request(Array.from({ length: 501 }, create))],
  ['too many ended writes', () => request([], { ended: Array.from({ length: 2_001 }, () => randomUUID()) })],
  ['ended writes without ids', () => request([create()], { ended: ['all'] })],
];

test.each(malformed)('%s is refused whole: 400, invalid_input, and nothing changes', async (_, body) => {
  const before = await state();
  expect(await send(body())).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } });
  expect(await state()).toEqual(before);
});

test('500 writes are taken', async () => {
  const { status, body } = await send(request(Array.from({ length: 500 }, create)));
  const { results } = body as unknown as { results: { status: string }[] };
  expect(status).toBe(200);
  expect(results.filter((result) => result.status === 'accepted')).toHaveLength(500);
});

test('a note of 50 MB gets 413 with the reason and the limit, so that its device can stop sending it', async () => {
  const before = await state();
  expect(await send(request([note('x'.repeat(50_000_000))]))).toMatchObject({
    status: 413,
    body: { error: { code: 'invalid_input', details: { reason: 'too_large', limitBytes: 8 * 1024 * 1024 } } },
  });
  expect(await state()).toEqual(before);
});

test('a bomb that is small while compressed is too large all the same', async () => {
  const reply = await fetch(`${stack.url}/api/sync/push`, {
    method: 'POST',
    headers: { ...owner.headers, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify(request([note('x'.repeat(50_000_000))]))),
  });
  expect(reply.status).toBe(413);
});

test('a single write beyond the largest size is refused for good; the ones beside it go through', async () => {
  const large = note('x'.repeat(MAX_WRITE_BYTES));
  const results = await owner.push(create(), large, create());
  expect(results).toMatchObject([
    { status: 'accepted' },
    { status: 'refused', code: 'invalid_input', details: { reason: 'too_large', limitBytes: MAX_WRITE_BYTES } },
    { status: 'accepted' },
  ]);
  expect(await owner.push(large)).toEqual([results[1]]);
});

test('what no database can hold is refused in words, wherever it stands', async () => {
  const results = await owner.push(
    { name: 'no such \u0000 thing', input: {} },
    { name: 'contacts.create', input: { firstName: 'nul \u0000' } },
    { name: 'contacts.create', input: { firstName: 'A', attributes: { key: 'nul \u0000' } } },
    { name: 'contacts.create', input: { firstName: 'A', attributes: { 'nul \u0000': 1 } } },
    { name: 'contacts.create', input: { firstName: 'A', attributes: { ['\u0000'.repeat(101)]: 1 } } },
    { name: 'contacts.create', input: { firstName: 'A', attributes: { key: '\ud800' } } },
    { name: 'contacts.create', input: { firstName: 'A', attributes: { ['\udfff'.repeat(101)]: 1 } } },
  );
  expect(results.map((r) => r.status === 'refused' && r.code)).toEqual(Array(7).fill('invalid_input'));
});

test('input nested without end is refused and does not end the server', async () => {
  const depth = 100_000;
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const inputs = [
    `{"firstName":"A","attributes":{"a":${deep}}}`,
    `{"id":"${randomUUID()}","shows":{"entity":"contact","entityId":"${randomUUID()}","values":{"a":${deep}}}}`,
  ];
  for (const [i, input] of inputs.entries()) {
    const write = { ...create(), name: i === 0 ? 'contacts.create' : 'merges.restore', input: 'HERE' };
    const { status, body } = await send(JSON.stringify(request([write])).replace('"HERE"', input));
    expect(status).toBe(200);
    expect((body as unknown as { results: unknown[] }).results).toMatchObject([{ status: 'refused' }]);
  }
  expect(await owner.push(create())).toMatchObject([{ status: 'accepted' }]);
});

test('names that every object has are no operations and no fields', async () => {
  for (const name of ['constructor', '__proto__', 'toString'])
    expect(await owner.push({ name, input: {} })).toMatchObject([{ code: 'invalid_input' }]);
  const { body } = await send(
    `{"protocol":1,"deviceId":"${owner.deviceId}","writes":[{"writeId":"${randomUUID()}","name":"contacts.update","madeAt":1,"input":{"id":"${contactId}","__proto__":{"tenantId":"${randomUUID()}"},"tenantId":"${randomUUID()}"}}]}`,
  );
  expect((body as unknown as { results: unknown[] }).results).toMatchObject([{ status: 'accepted' }]);
  expect(await stack.rows('select tenant_id from contacts where id = $1', contactId)).toEqual([
    { tenant_id: owner.tenantId },
  ]);
});

test('a device whose clock is years off gets server times', async () => {
  for (const madeAt of [0, -62_000_000_000_000, Date.UTC(2100, 0), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
    const before = Date.now();
    const write = { ...create(), madeAt };
    expect(await owner.push(write)).toMatchObject([{ status: 'accepted' }]);
    const [row] = await stack.rows<{ at: Date }>('select updated_at as at from contacts where id = $1', write.input.id);
    expect(row?.at.getTime()).toBeGreaterThanOrEqual(before);
    expect(row?.at.getTime()).toBeLessThanOrEqual(Date.now());
  }
});

test('a push replayed whole answers the same and changes nothing', async () => {
  const writes = [create(), { ...create(), name: 'no.such' }, note('Once')];
  const first = await send(request(writes));
  const before = await state();
  const again = await send(request(writes));
  const decided = ({ body }: typeof first) =>
    (body as unknown as { results: Record<string, unknown>[] }).results.map(({ commitLsn: _, ...rest }) => rest);
  expect(decided(again)).toEqual(decided(first));
  expect(await state()).toEqual(before);
});
