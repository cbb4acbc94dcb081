import { expect, test } from 'vitest';
import type { ImportRow } from '../../../../shared/imports/import-operations.ts';
import { wholeFields } from '../contact-fields.ts';
import { planImport, type Known } from './plan-import.ts';

const row = (n: number, fields: ImportRow['fields'], tags: string[] = []): ImportRow => ({ row: n, fields, tags });
const known = (id: string, fields: ImportRow['fields']): Known => ({ id, fields: wholeFields(fields) });

function plan(rows: ImportRow[], contacts: Known[] = [], duplicates: 'merge' | 'skip' = 'merge') {
  let n = 0;
  return planImport(rows, contacts, {
    duplicates,
    newId: () => `new${++n}`,
    whole: wholeFields,
    members: new Set(['member']),
  });
}

test('a row nobody shares becomes a contact', () => {
  const { create, created } = plan([row(2, { firstName: 'Ada' }, ['vip'])]);
  expect({ create, created }).toEqual({
    create: [{ id: 'new1', fields: wholeFields({ firstName: 'Ada' }) }],
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
    { id: 'a', fields: wholeFields({ phone: '+1', firstName: 'Ada', company: 'New', attributes: { x: 1, y: 2 } }) },
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
    { id: 'new1', fields: wholeFields({ phone: '+1', firstName: 'Ada', email: 'a@b.c', company: 'C' }) },
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
