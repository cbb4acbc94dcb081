import { expect, test } from 'vitest';
import { NO_END } from '../../../../shared/contacts/contact.ts';
import type { DuplicateRule } from '../../../../shared/imports/import-operations.ts';
import type { ImportRow } from '../../../../shared/imports/import-row.ts';
import { wholeImported, type ImportedFields, type Planned } from './imported-contact.ts';
import { planImport } from './plan-import.ts';

const NOW = Date.UTC(2026, 10, 20);
const row = (n: number, fields: ImportRow['fields'], tags: string[] = []): ImportRow => ({ row: n, fields, tags });
const known = (id: string, fields: Partial<ImportedFields>): Planned => ({ id, fields: wholeImported(fields) });

function plan(rows: ImportRow[], contacts: Planned[] = [], duplicates: DuplicateRule = 'merge') {
  let n = 0;
  return planImport(rows, contacts, {
    duplicates,
    newId: () => `new${++n}`,
    now: NOW,
    statuses: new Set(['new']),
    stages: new Set(['stage']),
    pages: new Set(),
    members: new Set(['member']),
  });
}

test('a row nobody shares becomes a contact', () => {
  const { create, created } = plan([row(2, { firstName: 'Ada' }, ['vip'])]);
  expect({ create, created }).toEqual({
    create: [{ id: 'new1', fields: wholeImported({ firstName: 'Ada' }) }],
    created: 1,
  });
});

test('merging fills: what the row has replaces, what it lacks or leaves empty stays, attributes and tags join', () => {
  const contact = known('a', { phone: '+1', firstName: 'Ada', company: 'Old', attributes: { x: 1 } });
  const result = plan(
    [row(2, { phone: '+1', firstName: null, company: 'New', attributes: { y: 2 } }, ['t'])],
    [contact],
  );
  expect(result.update).toEqual([
    { id: 'a', fields: wholeImported({ phone: '+1', firstName: 'Ada', company: 'New', attributes: { x: 1, y: 2 } }) },
  ]);
  expect(result.links).toEqual([{ contactId: 'a', tag: 't' }]);
  expect(result).toMatchObject({ created: 0, updated: 1, skipped: 0 });
});

test('phone decides before email', () => {
  const contacts = [known('email', { email: 'x@y.z' }), known('phone', { phone: '+1' })];
  expect(plan([row(2, { phone: '+1', email: 'x@y.z', company: 'C' })], contacts).update.map(({ id }) => id)).toEqual([
    'phone',
  ]);
});

test('email is compared without case', () => {
  expect(plan([row(2, { email: 'x@y.z', company: 'C' })], [known('a', { email: 'X@Y.Z' })]).update).toHaveLength(1);
});

test('of several contacts with one number the first, which is the oldest, is the twin', () => {
  const contacts = [known('old', { phone: '+1' }), known('young', { phone: '+1' })];
  expect(plan([row(2, { phone: '+1', company: 'C' })], contacts).update.map(({ id }) => id)).toEqual(['old']);
});

test('a later row of the file fills the contact that an earlier row made', () => {
  const result = plan([
    row(2, { phone: '+1', firstName: 'Ada' }),
    row(3, { phone: '+1', email: 'a@b.c' }),
    row(4, { email: 'a@b.c', company: 'C' }),
  ]);
  expect(result.create).toEqual([
    { id: 'new1', fields: wholeImported({ phone: '+1', firstName: 'Ada', email: 'a@b.c', company: 'C' }) },
  ]);
  expect(result).toMatchObject({ created: 1, updated: 2, update: [] });
});

test('skipping leaves both alone', () => {
  const result = plan([row(2, { phone: '+1', company: 'C' }, ['t'])], [known('a', { phone: '+1' })], 'skip');
  expect(result).toMatchObject({ created: 0, updated: 0, skipped: 1, update: [], links: [] });
});

test('a duplicate that adds nothing counts as skipped', () => {
  expect(plan([row(2, { phone: '+1' })], [known('a', { phone: '+1', firstName: 'Ada' })])).toMatchObject({
    updated: 0,
    skipped: 1,
  });
});

const consent = {
  act: 'given',
  purpose: 'marketing',
  kind: 'import',
  source: 'fair',
  givenAt: null,
  expiresAt: null,
} as const;

test('a row that tells of an agreement makes a record of it once, and never for who has said no since', () => {
  const yes: ImportRow = { ...row(2, { phone: '+1' }), consents: [consent] };
  const fresh = plan([yes]);
  expect(fresh.create[0]?.fields).toMatchObject({ marketingConsentUntil: NO_END, automatedConsentUntil: null });
  expect(fresh.consents).toEqual([{ ...consent, contactId: 'new1', givenAt: NOW }]);
  const agreed = known('a', { phone: '+1', marketingConsentUntil: NO_END });
  expect(plan([yes], [agreed])).toMatchObject({ consents: [], skipped: 1 });
  const ended = { ...consent, expiresAt: NOW - 1 };
  expect(plan([{ ...yes, consents: [ended] }]).create[0]?.fields.marketingConsentUntil).toBeNull();
});

test('of two agreements in one file the newest holds, wherever it stands', () => {
  const told = (n: number, act: 'given' | 'withdrawn', givenAt: number): ImportRow => ({
    ...row(n, { phone: '+1' }),
    consents: [{ ...consent, act, givenAt }],
  });
  const result = plan([told(2, 'withdrawn', 200), told(3, 'given', 100)]);
  expect(result.create[0]?.fields.marketingConsentUntil).toBeNull();
  expect(result.consents).toHaveLength(2);
});

test('who opted out or is not to be called before stays so as it was', () => {
  const closed = known('a', { phone: '+1', optedOutAt: 5, optOutMethod: 'STOP', doNotCallAt: 6 });
  const file: ImportRow = { ...row(2, { phone: '+1' }), optOut: { at: 9, reason: 'x' }, doNotCall: { at: null } };
  expect(plan([file], [closed])).toMatchObject({ update: [], optOuts: [], skipped: 1 });
  expect(plan([file]).create[0]?.fields).toMatchObject({ optedOutAt: 9, optOutMethod: 'import', doNotCallAt: NOW });
});

test('a contact of its own is made of every row where that was chosen, but one id of a channel is one contact', () => {
  const there = known('a', { phone: '+1', messengerPsid: 'm' });
  expect(plan([row(2, { phone: '+1' }), row(3, { phone: '+1' })], [there], 'create').created).toBe(2);
  const twin = row(2, { phone: '+2', messengerPsid: 'm' });
  expect(plan([twin], [there], 'create').problems).toEqual([
    { row: 2, reason: 'Another contact has this Messenger or Instagram id.' },
  ]);
  expect(plan([row(2, { phone: '+1', messengerPsid: 'm', company: 'C' })], [there]).updated).toBe(1);
});

test('nested attributes join, and names that objects have by nature are names like others', () => {
  const there = known('a', { phone: '+1', attributes: { home: { street: 'Main', city: 'Ames' } } });
  const attributes = JSON.parse('{"home":{"city":"Boone"},"__proto__":{"x":1},"constructor":"c"}') as object;
  const filled = plan([row(2, { phone: '+1', attributes: { ...attributes } })], [there]).update[0]?.fields.attributes;
  expect(filled).toEqual({ ...attributes, home: { street: 'Main', city: 'Boone' } });
  expect(({} as { x?: number }).x).toBeUndefined();
});

test('a status, stage or page that the workspace does not have is a problem of the row', () => {
  const result = plan([
    row(2, { phone: '+1', leadStatus: 'gone' }),
    { ...row(3, { phone: '+2' }), stageId: 'other' },
    row(4, { phone: '+3', facebookPageId: 'other' }),
    { ...row(5, { phone: '+4', leadStatus: 'new' }), stageId: 'stage' },
  ]);
  expect(result.problems).toMatchObject([{ row: 2 }, { row: 3 }, { row: 4 }]);
  expect(result.create.map(({ fields }) => fields.stageId)).toEqual(['stage']);
});

test('rows with nobody in them and rows with a foreign owner are listed with their number and reason', () => {
  const result = plan([
    row(2, { leadScore: 5 }),
    row(3, { firstName: 'A', ownerId: 'stranger' }),
    row(4, { firstName: 'B', ownerId: 'member' }),
  ]);
  expect(result.problems).toEqual([
    { row: 2, reason: 'Neither a name nor a phone number nor an email.' },
    { row: 3, reason: 'The owner is not a member of your team.' },
  ]);
  expect(result).toMatchObject({ created: 1, skipped: 2 });
});
