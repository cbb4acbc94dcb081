import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { writeLocally } from './local-write.ts';
import { refuseWrite } from './outbox.ts';

let replica: Replica;
beforeEach(() => {
  replica = openReplica(':memory:');
});
afterEach(() => replica.close());

function write(writeId: string, ...patches: Patch[]): void {
  writeLocally(replica, { writeId, name: 't', input: {}, madeAt: 1, unit: writeId, patches, marks: [] });
}
const tag = (id: string): Patch => ({
  kind: 'insert',
  table: 'workspace_items',
  id,
  values: { kind: 'tag', body: {} },
});
const tagged = (contactId: string, tagId: string): Patch => ({
  kind: 'insert',
  table: 'contact_tags',
  id: `${contactId} ${tagId}`,
  values: { contactId, tagId },
});
const refuse = (writeId: string) => refuseWrite(replica, writeId, { code: 'conflict', message: 'no' });
const held = () =>
  replica.db.prepare('SELECT write_id FROM refused_write WHERE because_of IS NOT NULL ORDER BY 1').pluck().all();

test('what names a row that a refused write would have made is held with it, alone or among others', () => {
  write('contact', { kind: 'insert', table: 'contacts', id: 'ada', values: { firstName: 'Ada' } });
  write('note', { kind: 'insert', table: 'notes', id: 'n', values: { contactId: 'ada', body: 'x' } });
  write('edit', { kind: 'set', table: 'contacts', ids: ['ada'], values: { company: 'Larkspur' } });
  write('tags', tagged('bo', 'vip'), tagged('ada', 'vip'));
  write('other', tagged('bo', 'cold'));
  refuse('contact');
  expect(held()).toEqual(['edit', 'note', 'tags']);
  expect(replica.db.prepare('SELECT write_id FROM pending_write').pluck().all()).toEqual(['other']);
});

test('two acts that use the same new tag stand each on their own', () => {
  write('first', tag('vip'), tagged('ada', 'vip'), tagged('bo', 'vip'));
  write('second', tag('vip'), tagged('cy', 'vip'), tagged('di', 'vip'));
  write('third', tagged('ed', 'vip'));
  refuse('first');
  expect(held()).toEqual(['third']);
  expect(replica.db.prepare('SELECT id FROM contact_tags ORDER BY 1').pluck().all()).toEqual(['cy vip', 'di vip']);
  expect(replica.db.prepare('SELECT id FROM workspace_items').pluck().all()).toEqual(['vip']);
});
