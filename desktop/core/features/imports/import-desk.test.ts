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
import { DraftStore, readParts } from './draft-store.ts';
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

const ask = <T>(method: string, args: unknown, country = 'US') =>
  desk.answer(method, args as never, { db, country }) as T;
const drop = (file: string | Buffer, fileName = 'people.csv') =>
  ask<{ id: string }>('imports.receiveFile', {
    id: null,
    fileName,
    offset: 0,
    bytes: Buffer.from(file as string).toString('base64'),
  }).id;
const read = (file: string | Buffer, country?: string) => ask<ImportDraft>('imports.read', { id: drop(file) }, country);
const previews = (draft: ImportDraft) => draft.check.preview.map(({ fields, tags }) => ({ ...fields, tags }));

test('a Google export is recognised and its system groups are no tags', () => {
  const draft = read(
    'First Name,Last Name,Labels,E-mail 1 - Value,Phone 1 - Value\nAda,Lovelace,* myContacts ::: Family,Ada@Example.org,(415) 555-0100\n',
  );
  expect(draft.format).toBe('Google Contacts');
  expect(previews(draft)).toEqual([
    { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.org', phone: '+14155550100', tags: ['Family'] },
  ]);
});

test('HubSpot and Outlook exports are recognised', () => {
  expect(read('Record ID,First Name,Last Name,Email,Phone Number\n1,Ada,Lovelace,ada@example.org,\n').format).toBe(
    'HubSpot',
  );
  expect(read('First Name,E-mail Address,Mobile Phone\nAda,ada@example.org,\n').format).toBe('Outlook');
});

test('UTF-16 with semicolons reads like any other file, with or without a byte order mark', () => {
  const text = 'Vorname;Nachname;Telefon\nJürgen;Müller;030 901820\n';
  const big = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  for (const [bytes, encoding] of [
    [Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    [Buffer.from(text, 'utf16le'), 'utf-16le'],
    [big, 'utf-16be'],
    [Buffer.from(text, 'latin1'), 'windows-1252'],
    [Buffer.from(`\ufeff${text}`), 'utf-8'],
  ] as const) {
    const draft = read(bytes, 'DE');
    expect(draft).toMatchObject({ encoding, delimiter: ';', rowCount: 1 });
    expect(previews(draft)).toEqual([{ firstName: 'Jürgen', lastName: 'Müller', phone: '+4930901820', tags: [] }]);
  }
});

test('a line break inside quotes belongs to its cell, and row numbers are those of the spreadsheet', () => {
  const draft = read('Name,Company,Phone\n"Ada","Analytical\nEngines",4155550100\n\nBob,,415555\n');
  expect(previews(draft)).toMatchObject([{ company: 'Analytical\nEngines' }]);
  expect(draft.check.problems).toEqual([
    { row: 4, reason: expect.stringContaining('US numbers have 10'), cells: ['Bob', '', '415555'] },
  ]);
});

test.each([
  ['a PDF', Buffer.from('%PDF-1.7\n…')],
  ['an Excel workbook', Buffer.from([0x50, 0x4b, 3, 4, 0, 0])],
  ['not text', Buffer.from([1, 0, 0, 0, 2, 0, 0, 0, 9, 9, 0, 0, 0])],
  ['no contacts', Buffer.from('First Name,Phone\n')],
  ['no contacts', Buffer.alloc(0)],
])('what is %s is refused in words', (words, bytes) => {
  expect(() => read(bytes)).toThrow(words);
});

test('a changed mapping is checked anew and survives a restart', () => {
  const { id } = read('Who,Number\nAda Lovelace,020 7946 0000\n');
  ask('imports.change', { id, targets: ['fullName', 'phone'], defaultCountry: 'GB', duplicates: 'skip' });
  desk = new ImportDesk(dir, KEY);
  const draft = ask<ImportDraft>('imports.draft', { id });
  expect(draft).toMatchObject({ duplicates: 'skip', defaultCountry: 'GB', check: { valid: 1, invalid: 0 } });
  expect(previews(draft)).toEqual([{ firstName: 'Ada', lastName: 'Lovelace', phone: '+442079460000', tags: [] }]);
});

test('duplicates are counted within the file and among the contacts of this computer', () => {
  upsertRow(replica, getReplicaTable('contacts'), { id: 'c1', email: 'ada@example.org' });
  const draft = read('Email,Phone\nada@example.org,\nbob@example.org,4155550100\n,415 555 0100\n');
  expect(draft.check).toMatchObject({ valid: 3, duplicatesInFile: 1, duplicatesOfContacts: 1 });
});

test('the list of problems is a file that no spreadsheet runs', () => {
  const { id } = read('Name,Phone\n=1+1,12\nAda,4155550100\n');
  const csv = ask<string>('imports.problemsCsv', { id });
  expect(csv.split('\r\n')).toHaveLength(2);
  expect(csv).toContain("'=1+1");
});

test('rows are handed over in parts of a thousand', () => {
  const rows = Array.from({ length: 2_500 }, (_, i) => `P${i},p${i}@example.org`);
  const { id } = read(`Name,Email\n${rows.join('\n')}`);
  const { partsFile, total } = ask<{ partsFile: string; total: number }>('imports.prepare', { id });
  const parts = readParts(partsFile, KEY) as unknown[][];
  expect([total, ...parts.map((part) => part.length)]).toEqual([2_500, 1_000, 1_000, 500]);
  ask('imports.discard', { id });
  expect(ask('imports.draft', { id })).toBeNull();
});

test('an id that is no id never becomes a file name', () => {
  expect(() => ask('imports.discard', { id: '../../session' })).toThrow(/not the id/);
});

const bytesOfDrafts = () =>
  readdirSync(path.join(dir, 'imports')).map((name) => readFileSync(path.join(dir, 'imports', name), 'latin1'));

test('nothing of a file can be read on the disk', () => {
  const { id } = read('Name,Email\nPlantedName,planted@example.org\n');
  ask('imports.prepare', { id });
  expect(bytesOfDrafts()).toEqual([expect.any(String)]);
  expect(bytesOfDrafts().join()).not.toMatch(/planted|people\.csv/i);
});

test('drafts of a version that did not encrypt go on, and nothing of them can be read any more', () => {
  const id = newId<'import'>();
  const at = (suffix: string) => path.join(dir, 'imports', `${id}${suffix}`);
  mkdirSync(path.join(dir, 'imports'));
  writeFileSync(at('.csv'), 'Name,Email\nPlantedName,planted@example.org\n');
  writeFileSync(at('.name'), 'people.csv');
  writeFileSync(at('.json.new'), 'Planted');
  new DraftStore(dir, KEY).sealOlder();
  expect(previews(ask<ImportDraft>('imports.read', { id }))).toMatchObject([{ firstName: 'PlantedName' }]);
  expect(bytesOfDrafts().join()).not.toMatch(/planted/i);
});

test('a draft whose key is gone is gone, in words', () => {
  const { id } = read('Name,Email\nAda,ada@example.org\n');
  desk = new ImportDesk(dir, 'cd'.repeat(32));
  expect(() => ask('imports.read', { id })).toThrow(/no longer on this computer/);
});
