import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { unzipSync } from 'fflate';
import Papa from 'papaparse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Acts } from '../../../../shared/bridge/bridge-contract.ts';
import { NO_END } from '../../../../shared/contacts/contact.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { toColumnName } from '../../../../shared/protocol/synced-table.ts';
import type { Cell } from '../../replica/cells.ts';
import { openReplica, type Replica } from '../../replica/open-replica.ts';
import { readConnectionOver, type ReadConnection } from '../../replica/read-connection.ts';
import { getReplicaTable } from '../../replica/replica-schema.ts';
import { upsertRow } from '../../replica/write-rows.ts';
import { ridsOfIds } from '../contacts/contact-rule.ts';
import { ImportDesk } from '../imports/import-desk.ts';
import { ExportDesk } from './export-desk.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const ADA = newId();
const BOB = newId();
const TAG = newId();
const GROUP = newId();
const STAGE = newId();
const PIPELINE = newId();
const OWNER = newId();
const CHOSEN = { format: 'csv', include: { contacts: true, interactions: false, transcripts: false } } as const;

let replica: Replica;
let db: ReadConnection;
let desk: ExportDesk;
let dir: string;

const cellOf = (value: unknown): Cell => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Cell);
};
const put = (table: Parameters<typeof getReplicaTable>[0], row: Record<string, unknown>) =>
  upsertRow(
    replica,
    getReplicaTable(table),
    Object.fromEntries(Object.entries(row).map(([key, value]) => [toColumnName(key), cellOf(value)])),
  );
const item = (id: string, kind: string, body: object) => put('workspace_items', { id, kind, body });

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'exports-'));
  replica = openReplica(':memory:');
  db = readConnectionOver(replica.db);
  desk = new ExportDesk();
  item(TAG, 'tag', { name: 'VIP; "gold"', color: 'blue' });
  item(GROUP, 'group', { name: 'Spring fair', description: null });
  item(PIPELINE, 'pipeline', { name: 'Sales', displayOrder: 0 });
  item(STAGE, 'stage', { name: 'Quote', pipelineId: PIPELINE, displayOrder: 0, probability: 50, color: 'blue' });
  item(OWNER, 'member', { name: 'Grace', email: 'grace@example.org', active: true, role: 'AGENT' });
  item(newId(), 'lead_status', { key: 'new', name: 'New lead', isActive: true });
  item(newId(), 'attribute', { key: 'size', label: 'Size', type: 'number', choices: null, displayOrder: 0 });
  put('contacts', {
    id: ADA,
    firstName: 'Ada',
    lastName: '=Lovelace',
    company: '“Engines”, "Ltd"\nLondon',
    phone: '+14155550100',
    email: 'ada@example.org',
    leadStatus: 'new',
    leadScore: 40,
    ownerId: OWNER,
    stageId: STAGE,
    pipelineId: PIPELINE,
    sentiment: 'hot',
    estimatedRevenueCents: 123_456_789,
    emergency: true,
    hasMessenger: false,
    keywords: ['heat, pump', 'solar'],
    attributes: {
      size: 7,
      Email: 'other',
      address: { city: 'Paris', 'post.code': '075' },
      note: '@home',
      'Attribute: x': '-a',
    },
    marketingConsentUntil: NO_END,
    automatedConsentUntil: NOW + 86_400_000,
    optedOutAt: NOW - 5_000,
    optOutReason: 'asked',
    doNotCallAt: NOW - 9_000,
    createdAt: NOW - 10_000,
    updatedAt: NOW - 10_000,
  });
  put('contacts', { id: BOB, firstName: 'Bob', email: 'bob@example.org', createdAt: NOW, updatedAt: NOW });
  put('contact_tags', { id: newId(), contactId: ADA, tagId: TAG });
  put('group_members', { id: newId(), contactId: ADA, groupId: GROUP, createdAt: NOW });
});
afterEach(() => {
  replica.close();
  rmSync(dir, { recursive: true, force: true });
});

type Begin = Acts['contactFiles.begin'];
const ask = (method: string, args: unknown) =>
  desk.answer(method, args as never, {
    db,
    now: () => NOW,
    ridsOf: (who) => ridsOfIds(db, 'ids' in who ? who.ids : []),
  }) as Promise<unknown>;

async function save(choices: Partial<Begin['args']> = {}) {
  const begun = (await ask('contactFiles.begin', {
    who: { ids: [BOB, ADA] },
    object: 'Lead',
    bom: false,
    ...CHOSEN,
    ...choices,
  })) as Begin['result'];
  const pieces: Buffer[] = [];
  const shares: number[] = [];
  for (let over = false; !over;) {
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other
    const piece = (await ask('contactFiles.next', { id: begun.id })) as Acts['contactFiles.next']['result'];
    pieces.push(Buffer.from(piece.bytes, 'base64'));
    shares.push(piece.share);
    over = piece.over;
  }
  return { ...begun, bytes: Buffer.concat(pieces), shares };
}

const tableOf = (csv: string) =>
  Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')),
  );

test('a CSV holds the chosen contacts in their order, with names instead of ids, and no spreadsheet runs it', async () => {
  const { bytes, name, type, contacts, shares } = await save();
  expect({ name, type, contacts, share: shares.at(-1) }).toEqual({
    name: 'switchboard-contacts-2026-11-21.csv',
    type: 'text/csv',
    contacts: 2,
    share: 1,
  });
  const [bob, ada] = tableOf(String(bytes));
  expect(bob).toMatchObject({ 'Switchboard ID': BOB, 'First name': 'Bob', Email: 'bob@example.org' });
  expect(ada).toMatchObject({
    'Switchboard ID': ADA,
    'Last name': "'=Lovelace",
    Company: '“Engines”, "Ltd"\nLondon',
    Phone: '+14155550100',
    Status: 'New lead',
    Stage: 'Sales / Quote',
    Owner: 'grace@example.org',
    'Expected value': '1234567.89',
    Emergency: 'Yes',
    'On Messenger': 'No',
    Tags: '"VIP; ""gold"""',
    Groups: 'Spring fair',
    Keywords: '"heat, pump"; solar',
    'Marketing consent': 'Yes',
    'Automated consent until': '2026-11-22T12:00:00.000Z',
    'Opt-out reason': 'asked',
    size: '7',
    'Attribute: Email': 'other',
    'address.city': 'Paris',
    note: "'@home",
  });
  expect(String(bytes)).not.toMatch(/(^|,)"?[=@]/m);
});

test('a byte order mark is written for those who want one', async () => {
  expect(String((await save({ bom: true })).bytes)).toMatch(/^\ufeffSwitchboard ID,/);
});

test.each(['csv', 'xlsx'] as const)('what was exported as %s and is imported again changes nothing', async (format) => {
  const { bytes, name } = await save({ format });
  const imports = new ImportDesk(dir, 'ab'.repeat(32));
  const answer = async <T>(method: string, args: unknown) =>
    (await imports.answer(method, args as never, { db, country: 'GB' })) as T;
  const { id } = await answer<{ id: string }>('imports.receiveFile', {
    id: null,
    fileName: name,
    offset: 0,
    bytes: bytes.toString('base64'),
  });
  const draft = await answer<ImportDraft>('imports.read', { id });
  expect(draft).toMatchObject({ format: 'Switchboard', rowCount: 2 });
  expect(draft.check).toMatchObject({ valid: 2, problems: [], unknown: [], outcome: { merge: 2 } });
  expect(draft.check.preview.map(({ id: contactId, changes }) => ({ contactId, changes }))).toEqual([
    { contactId: BOB, changes: [] },
    { contactId: ADA, changes: [] },
  ]);
  expect(draft.check.preview[1]).toMatchObject({
    tags: ['VIP; "gold"'],
    groups: ['Spring fair'],
    stageId: STAGE,
    optOut: { at: NOW - 5_000, reason: 'asked' },
    doNotCall: { at: NOW - 9_000 },
  });
});

const CHAT = newId();
const talk = () => {
  put('messages', {
    id: newId(),
    contactId: ADA,
    conversationId: CHAT,
    channel: 'sms',
    direction: 'in',
    body: 'Hello?',
    createdAt: NOW - 2_000,
  });
  put('messages', {
    id: newId(),
    contactId: ADA,
    conversationId: CHAT,
    channel: 'sms',
    direction: 'out',
    authorId: OWNER,
    body: 'Hi Ada',
    createdAt: NOW - 1_000,
  });
  put('notes', { id: newId(), contactId: ADA, authorId: OWNER, body: '=Call back', createdAt: NOW - 500 });
};

test('each toggle adds its table, and several tables of text are one archive', async () => {
  talk();
  const { bytes, name } = await save({ include: { contacts: true, interactions: true, transcripts: true } });
  expect(name).toMatch(/\.zip$/);
  const files = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([file, content]) => [file, tableOf(Buffer.from(content).toString())]),
  );
  expect(Object.keys(files)).toEqual(['contacts.csv', 'interactions.csv', 'transcripts.csv']);
  expect(files['interactions.csv']?.map(({ Kind, Text, By }) => [Kind, Text, By])).toEqual([
    ['message', 'Hello?', undefined],
    ['message', 'Hi Ada', 'Grace'],
    ['note', "'=Call back", 'Grace'],
  ]);
  expect(files['transcripts.csv']).toMatchObject([
    { 'Contact ID': ADA, Messages: '2', Transcript: expect.stringMatching(/Ada =Lovelace: Hello\?\n.*Grace: Hi Ada/) },
  ]);
});

test('interactions alone are a file of their own', async () => {
  talk();
  const { bytes, name } = await save({ include: { contacts: false, interactions: true, transcripts: false } });
  expect(name).toMatch(/\.csv$/);
  expect(tableOf(String(bytes))).toHaveLength(3);
});

test('a workbook has a sheet for each part, and text that begins like a formula stays text', async () => {
  talk();
  const { bytes } = await save({ format: 'xlsx', include: { contacts: true, interactions: true, transcripts: false } });
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes);
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(['contacts', 'interactions']);
  const sheet = workbook.worksheets[0];
  expect(sheet?.getCell('C3').value).toBe('=Lovelace');
  expect(sheet?.getCell('H3').value).toBe(40);
});

test('vCards are version 4 with our id, and fold what is long', async () => {
  const { bytes } = await save({ format: 'vcard' });
  const text = String(bytes);
  expect(text.match(/BEGIN:VCARD\r\nVERSION:4\.0/g)).toHaveLength(2);
  expect(text.replaceAll('\r\n ', '')).toContain(`UID:urn:uuid:${ADA}`);
  expect(text).toContain('N:=Lovelace;Ada;;;');
  expect(text).toContain('\\nLondon');
});

test('JSON for Salesforce has what Salesforce asks of a Lead, by our id', async () => {
  talk();
  const { bytes } = await save({
    format: 'salesforce',
    include: { contacts: true, interactions: true, transcripts: false },
  });
  const { records } = JSON.parse(String(bytes)) as { records: Record<string, unknown>[] };
  expect(records[0]).toMatchObject({
    attributes: { type: 'Lead' },
    Switchboard_Id__c: BOB,
    LastName: 'bob@example.org',
    Company: 'Bob',
    Status: 'New',
  });
  expect(records[1]).toMatchObject({
    LastName: '=Lovelace',
    Status: 'New lead',
    HasOptedOutOfEmail: true,
    DoNotCall: true,
  });
  expect(records.slice(2)).toMatchObject(Array.from({ length: 3 }, () => ({ attributes: { type: 'Task' } })));
});

test('nothing chosen is refused in words, and a cancelled export is over', async () => {
  await expect(save({ include: { contacts: false, interactions: false, transcripts: false } })).rejects.toThrow(
    /Nothing is chosen/,
  );
  const { id } = (await ask('contactFiles.begin', { who: { ids: [ADA] }, object: 'Lead', bom: false, ...CHOSEN })) as {
    id: string;
  };
  await ask('contactFiles.end', { id });
  await expect(ask('contactFiles.next', { id })).rejects.toThrow(/not being made any more/);
});
