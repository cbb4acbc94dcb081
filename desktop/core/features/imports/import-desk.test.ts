import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { openReplica, type Replica } from '../../replica/open-replica.ts';
import { readConnectionOver, type ReadConnection } from '../../replica/read-connection.ts';
import { upsertRow } from '../../replica/write-rows.ts';
import { getReplicaTable } from '../../replica/replica-schema.ts';
import { DraftStore, readParts } from './drafts/draft-store.ts';
import { ImportDesk } from './import-desk.ts';

const KEY = 'ab'.repeat(32);

let dir: string;
let replica: Replica;
let db: ReadConnection;
let desk: ImportDesk;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'imports-'));
  replica = openReplica(':memory:');
  db = readConnectionOver(replica.db);
  desk = new ImportDesk(dir, KEY);
});
afterEach(() => {
  replica.close();
  rmSync(dir, { recursive: true, force: true });
});

const ask = async <T>(method: string, args: unknown, country = 'US') =>
  (await desk.answer(method, args as never, { db, country })) as T;
const drop = async (file: string | Buffer, fileName = 'people.csv') =>
  (
    await ask<{ id: string }>('imports.receiveFile', {
      id: null,
      fileName,
      offset: 0,
      bytes: Buffer.from(file as string).toString('base64'),
    })
  ).id;
const read = async (file: string | Buffer, country?: string) =>
  ask<ImportDraft>('imports.read', { id: await drop(file) }, country);
const previews = (draft: ImportDraft) => draft.check.preview.map(({ fields, tags }) => ({ ...fields, tags }));

test('a Google export is recognised and its system groups are no tags', async () => {
  const draft = await read(
    'First Name,Last Name,Labels,E-mail 1 - Value,Phone 1 - Value\nAda,Lovelace,* myContacts ::: Family,Ada@Example.org,(415) 555-0100\n',
  );
  expect(draft.format).toBe('Google Contacts');
  expect(previews(draft)).toEqual([
    { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.org', phone: '+14155550100', tags: ['Family'] },
  ]);
});

test('HubSpot and Outlook exports are recognised', async () => {
  expect(
    (await read('Record ID,First Name,Last Name,Email,Phone Number\n1,Ada,Lovelace,ada@example.org,\n')).format,
  ).toBe('HubSpot');
  expect((await read('First Name,E-mail Address,Mobile Phone\nAda,ada@example.org,\n')).format).toBe('Outlook');
});

test('UTF-16 with semicolons reads like any other file, with or without a byte order mark', async () => {
  const text = 'Vorname;Nachname;Telefon\nJürgen;Müller;030 901820\n';
  const big = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  for (const [bytes, encoding] of [
    [Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    [Buffer.from(text, 'utf16le'), 'utf-16le'],
    [big, 'utf-16be'],
    [Buffer.from(text, 'latin1'), 'windows-1252'],
    [Buffer.from(`\ufeff${text}`), 'utf-8'],
  ] as const) {
    const draft = await read(bytes, 'DE');
    expect(draft).toMatchObject({ encoding, delimiter: ';', rowCount: 1 });
    expect(previews(draft)).toEqual([{ firstName: 'Jürgen', lastName: 'Müller', phone: '+4930901820', tags: [] }]);
  }
});

test('a line break inside quotes belongs to its cell, and row numbers are those of the spreadsheet', async () => {
  const draft = await read('Name,Company,Phone\n"Ada","Analytical\nEngines",4155550100\n\nBob,,415555\n');
  expect(previews(draft)).toMatchObject([{ company: 'Analytical\nEngines' }]);
  expect(draft.check.problems).toEqual([
    { row: 4, reason: expect.stringContaining('US numbers have 10'), cells: ['Bob', '', '415555'] },
  ]);
});

test.each([
  ['a PDF', Buffer.from('%PDF-1.7\n…')],
  ['no Excel workbook', Buffer.from([0x50, 0x4b, 3, 4, 0, 0])],
  ['not text', Buffer.from([1, 0, 0, 0, 2, 0, 0, 0, 9, 9, 0, 0, 0])],
  ['no contacts', Buffer.from('First Name,Phone\n')],
  ['no contacts', Buffer.alloc(0)],
])('what is %s is refused in words', async (words, bytes) => {
  await expect(read(bytes)).rejects.toThrow(words);
});

test('a changed mapping is checked anew and survives a restart', async () => {
  const { id } = await read('Who,Number\nAda Lovelace,020 7946 0000\n');
  await ask('imports.change', { id, targets: ['fullName', 'phone'], defaultCountry: 'GB', duplicates: 'skip' });
  desk = new ImportDesk(dir, KEY);
  const draft = await ask<ImportDraft>('imports.draft', { id });
  expect(draft).toMatchObject({ duplicates: 'skip', defaultCountry: 'GB', check: { valid: 1, invalid: 0 } });
  expect(previews(draft)).toEqual([{ firstName: 'Ada', lastName: 'Lovelace', phone: '+442079460000', tags: [] }]);
});

test('duplicates are counted within the file and among the contacts of this computer', async () => {
  upsertRow(replica, getReplicaTable('contacts'), { id: 'c1', email: 'ada@example.org' });
  const draft = await read('Email,Phone\nada@example.org,\nbob@example.org,4155550100\n,415 555 0100\n');
  expect(draft.check).toMatchObject({ valid: 3, duplicatesInFile: 1, duplicatesOfContacts: 1 });
});

test('the list of problems is a file that no spreadsheet runs', async () => {
  const { id } = await read('Name,Phone\n=1+1,12\nAda,4155550100\n');
  const csv = await ask<string>('imports.problemsCsv', { id });
  expect(csv.split('\r\n')).toHaveLength(2);
  expect(csv).toContain("'=1+1");
});

test('rows are handed over in parts of a thousand', async () => {
  const rows = Array.from({ length: 2_500 }, (_, i) => `P${i},p${i}@example.org`);
  const { id } = await read(`Name,Email\n${rows.join('\n')}`);
  const { partsFile, total } = await ask<{ partsFile: string; total: number }>('imports.prepare', { id });
  const parts = readParts(partsFile, KEY) as unknown[][];
  expect([total, ...parts.map((part) => part.length)]).toEqual([2_500, 1_000, 1_000, 500]);
  await ask('imports.discard', { id });
  expect(await ask('imports.draft', { id })).toBeNull();
});

test('an id that is no id never becomes a file name', async () => {
  await expect(ask('imports.discard', { id: '../../session' })).rejects.toThrow(/not the id/);
});

const bytesOfDrafts = () =>
  readdirSync(path.join(dir, 'imports')).map((name) => readFileSync(path.join(dir, 'imports', name), 'latin1'));

test('nothing of a file can be read on the disk', async () => {
  const { id } = await read('Name,Email\nPlantedName,planted@example.org\n');
  await ask('imports.prepare', { id });
  expect(bytesOfDrafts()).toEqual([expect.any(String), expect.any(String)]);
  expect(bytesOfDrafts().join()).not.toMatch(/planted|people\.csv/i);
});

test('drafts of a version that did not encrypt go on, and nothing of them can be read any more', async () => {
  const id = newId<'import'>();
  const at = (suffix: string) => path.join(dir, 'imports', `${id}${suffix}`);
  mkdirSync(path.join(dir, 'imports'));
  writeFileSync(at('.csv'), 'Name,Email\nPlantedName,planted@example.org\n');
  writeFileSync(at('.name'), 'people.csv');
  writeFileSync(at('.json.new'), 'Planted');
  new DraftStore(dir, KEY).sealOlder();
  expect(previews(await ask<ImportDraft>('imports.read', { id }))).toMatchObject([{ firstName: 'PlantedName' }]);
  expect(bytesOfDrafts().join()).not.toMatch(/planted/i);
});

test('a draft whose key is gone is gone, in words', async () => {
  const { id } = await read('Name,Email\nAda,ada@example.org\n');
  desk = new ImportDesk(dir, 'cd'.repeat(32));
  await expect(ask('imports.read', { id })).rejects.toThrow(/no longer on this computer/);
});

test('the choices for a file are those made for the last one with the same headings, whatever their order', async () => {
  const { id } = await read('Who,Number,City\nAda Lovelace,020 7946 0000,London\n');
  await ask('imports.change', {
    id,
    targets: ['fullName', 'phone', 'attribute:address.city'],
    defaultCountry: 'GB',
    duplicates: 'skip',
  });
  await ask('imports.prepare', { id });
  desk = new ImportDesk(dir, KEY);
  const next = await read('Number,Who,City\n020 7946 0001,Bob,Leeds\n');
  expect(next).toMatchObject({ remembered: true, defaultCountry: 'GB', duplicates: 'skip' });
  expect(previews(next)).toEqual([
    { phone: '+442079460001', firstName: 'Bob', lastName: null, attributes: { address: { city: 'Leeds' } }, tags: [] },
  ]);
  expect(await read('Number,Who\n020 7946 0001,Bob\n')).toMatchObject({ remembered: false });
});

test('a status that is not there is asked about: kept as a word, made, or another is used', async () => {
  upsertRow(replica, getReplicaTable('workspace_items'), {
    id: newId(),
    kind: 'lead_status',
    body: JSON.stringify({ key: 'new', name: 'New', isActive: true }),
  });
  const draft = await read('Email,Status\na@example.org,Marketing Qualified\nb@example.org,new\n');
  expect(draft.check.unknown).toEqual([{ target: 'leadStatus', word: 'Marketing Qualified', rows: 1 }]);
  expect(draft.check.preview[0]?.fields).toMatchObject({ attributes: { Status: 'Marketing Qualified' } });
  const used = await ask<ImportDraft>('imports.change', {
    id: draft.id,
    statuses: { 'marketing qualified': { as: 'use', key: 'new' } },
  });
  expect(used.check).toMatchObject({ unknown: [], preview: [{ fields: { leadStatus: 'new' } }, {}] });
  await ask('imports.change', {
    id: draft.id,
    statuses: { 'marketing qualified': { as: 'create', name: 'Marketing Qualified' } },
  });
  const prepared = await ask<{ newStatuses: string[]; partsFile: string }>('imports.prepare', { id: draft.id });
  expect(prepared.newStatuses).toEqual(['Marketing Qualified']);
  expect(readParts(prepared.partsFile, KEY)).toMatchObject([[{ fields: { leadStatus: 'marketing_qualified' } }, {}]]);
});

test('what becomes of each row is told field by field, and counted for all', async () => {
  upsertRow(replica, getReplicaTable('contacts'), {
    id: 'c1',
    email: 'ada@example.org',
    first_name: 'A.',
    lead_score: 3,
  });
  const draft = await read(
    'Email,First Name,Score\nada@example.org,Ada,3\nbob@example.org,Bob,1\nbob@example.org,Bob,2\n',
  );
  expect(draft.check.outcome).toEqual({ create: 1, merge: 2, skip: 0 });
  expect(draft.check.preview.map(({ becomes, changes }) => [becomes, changes])).toEqual([
    ['merge', [{ field: 'firstName', before: 'A.', after: 'Ada' }]],
    ['create', []],
    ['merge', []],
  ]);
  const create = await ask<ImportDraft>('imports.change', { id: draft.id, duplicates: 'create' });
  expect(create.check.outcome).toEqual({ create: 3, merge: 0, skip: 0 });
});

test('a list of numbers nobody is to call needs no headings, and any spelling will do', async () => {
  const { id } = await read('(415) 555-0100\n+44 20 7946 0018\n415.555.0101 ext 5\nnobody\n');
  const draft = await ask<ImportDraft>('imports.change', { id, kind: 'do_not_call' });
  expect(draft.check).toMatchObject({ valid: 3, invalid: 1, problems: [{ row: 4 }] });
  const { partsFile } = await ask<{ partsFile: string }>('imports.prepare', { id });
  expect(readParts(partsFile, KEY)).toMatchObject([
    [
      { row: 1, fields: { phone: '+14155550100' } },
      { row: 2, fields: { phone: '+442079460018' } },
      { row: 3, fields: { phone: '+14155550101' } },
    ],
  ]);
});
