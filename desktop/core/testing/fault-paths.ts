import type { Identity } from '../../../shared/auth/auth-requests.ts';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { carryOver, readKeptWork, type KeptWork } from '../engine/carry-over.ts';
import { resumeBulkCommands, runBulkCommand } from '../features/outbox/bulk-command.ts';
import { retryWrite } from '../features/outbox/retry-write.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { applySlice, fetchAnew, finishTable } from '../sync/apply-messages.ts';
import { emptyTable, scrub } from '../sync/denied-table.ts';
import { enterEpoch, findEpoch } from '../sync/epoch.ts';
import { writeLocally } from '../sync/local-write.ts';
import {
  acceptWrite,
  discardWrite,
  findWrite,
  forgetEnded,
  refuseWrite,
  takeEnded,
  takeForPush,
} from '../sync/outbox.ts';
import {
  A,
  B,
  C,
  D,
  E,
  NOTE_E,
  upToDate,
  copied,
  changed,
  person,
  pull,
  write,
  set,
  insert,
  remove,
  note,
  edited,
  ofOthers,
  copyOfContacts,
  sent,
  padded,
  synced,
  refetch,
} from './fault-scenes.ts';

/**
 * One thing that a replica goes through. `work` is what the product does about it, begun again after a failure as the product would:
 * from where the replica stands, with the same answers of the server.
 */
export type FaultPath = { title: string; given: (replica: Replica) => void; work: (replica: Replica) => void };

const IDENTITY = {
  userId: '00000000-0000-4000-8000-000000000001',
  tenantId: '00000000-0000-4000-8000-000000000002',
  role: 'MANAGER',
} as Identity;
const many = Array.from({ length: 104 }, (_, i) =>
  copied(person(`10000000-0000-4000-8000-${String(i).padStart(12, '0')}`, `Co ${i}`)),
);

export const FAULT_PATHS: readonly FaultPath[] = [
  { title: 'an edit of one row', given: synced, work: (r) => write(r, 'w1', set('Mine', A)) },
  {
    title: 'a write to several tables',
    given: synced,
    work: (r) => write(r, 'w1', set('Mine', A, B), remove(C), insert(E, 'Mine'), note(NOTE_E, E)),
  },
  {
    title: 'a write over rows that are edited already',
    given: edited,
    work: (r) => write(r, 'w6', remove(A, B), set('Mine', C, E), insert(A, 'Again')),
  },
  {
    title: 'an act on many rows, in slices',
    given: synced,
    work: (r) => {
      const contactIds = [A, B, C, D];
      if (r.db.prepare('SELECT 1 FROM pending_write').get()) for (const _ of resumeBulkCommands(r, IDENTITY, 1));
      else
        for (const _ of runBulkCommand(
          r,
          IDENTITY,
          { name: 'contacts.addTags', input: { contactIds, tags: ['vip'] } },
          5,
          1,
        ));
    },
  },
  { title: 'writes leave for the server', given: edited, work: (r) => void takeForPush(r, 3) },
  {
    title: 'replies accept writes whose rows are here already',
    given: (r) => {
      sent(r);
      for (const table of ['contacts', 'notes'] as const)
        pull(r, table, 'h1', table === 'contacts' ? padded(ofOthers(table), 5) : padded(ofOthers(table), 2));
    },
    work: (r) => ['w2', 'w1', 'w3', 'w4'].forEach((id, i) => acceptWrite(r, id, 105 + i, false)),
  },
  {
    title: 'rows come for writes that were accepted before',
    given: (r) => {
      sent(r);
      ['w1', 'w2', 'w3', 'w4'].forEach((id, i) => acceptWrite(r, id, 110 + i * 10, true));
    },
    work: (r) => {
      pull(r, 'contacts', 'h1', padded(ofOthers('contacts'), 5));
      pull(r, 'notes', 'h1', padded(ofOthers('notes'), 2));
    },
  },
  {
    title: 'receipts decide writes whose replies were lost',
    given: sent,
    work: (r) => {
      const receipt = (id: string, lsn: number, status: string, code: string | null) =>
        changed('insert', lsn, 0, { id, status, code, message: 'no' });
      pull(r, 'contacts', 'h1', padded(ofOthers('contacts'), 5));
      pull(r, 'write_receipts', 'h1', [
        ...padded([], 1),
        receipt('w1', 110, 'accepted', null),
        receipt('w3', 120, 'refused', 'conflict'),
        receipt('w4', 130, 'accepted', null),
        upToDate(140),
      ]);
    },
  },
  {
    title: 'a reply refuses a write that others build upon',
    given: (r) => {
      synced(r);
      write(r, 'w1', insert(E, 'Mine'));
      write(r, 'w2', note(NOTE_E, E));
      write(r, 'w3', set('Mine 3', A, E));
      write(r, 'w4', set('Mine 4', B));
      takeForPush(r, 1);
    },
    work: (r) => refuseWrite(r, 'w1', { code: 'conflict', message: 'no', details: { why: 'because' } }),
  },
  {
    title: 'a refused write is tried again with what it held',
    given: (r) => {
      synced(r);
      writeLocally(r, {
        writeId: 'w1',
        name: 'contacts.create',
        input: { id: E, firstName: 'Mine' },
        madeAt: 5,
        unit: 'w1',
        patches: [insert(E, 'Mine')],
        marks: [],
      });
      writeLocally(r, {
        writeId: 'w2',
        name: 'notes.add',
        input: { id: NOTE_E, contactId: E, body: 'A note' },
        madeAt: 5,
        unit: 'w2',
        patches: [note(NOTE_E, E)],
        marks: [],
      });
      takeForPush(r, 1);
      refuseWrite(r, 'w1', { code: 'conflict', message: 'no' });
    },
    work: (r) => {
      if (r.db.prepare(`SELECT 1 FROM refused_write WHERE write_id = 'w1'`).get())
        retryWrite(r, IDENTITY, { writeId: 'w1' }, 6);
    },
  },
  {
    title: 'a write that has not left is taken back',
    given: edited,
    work: (r) => {
      if (findWrite(r, 'w4')) discardWrite(r, 'w4');
    },
  },
  {
    title: 'changes of others, where nothing is edited',
    given: synced,
    work: (r) =>
      (['contacts', 'notes'] as const).forEach((t) => pull(r, t, 'h1', padded(ofOthers(t), t === 'notes' ? 2 : 5))),
  },
  {
    title: 'changes of others, under edits',
    given: edited,
    work: (r) =>
      (['contacts', 'notes'] as const).forEach((t) => pull(r, t, 'h1', padded(ofOthers(t), t === 'notes' ? 2 : 5))),
  },
  {
    title: 'a first load with its indexes and its full text',
    given: (r) => write(r, 'w1', insert(E, 'Mine'), set('Mine', String(many[3]?.value?.['id']))),
    work: (r) =>
      pull(
        r,
        'contacts',
        'h1',
        [
          ...many,
          ...many.map(({ value }) => copied({ ...value, id: `2${String(value?.['id']).slice(1)}` })),
          upToDate(100),
        ],
        50,
      ),
  },
  { title: 'a table that is sent anew, put aside and merged under edits', given: edited, work: refetch },
  {
    title: 'a write and its answers while a new copy takes over',
    given: (r) => {
      edited(r);
      takeForPush(r, 4);
      fetchAnew(r, 'contacts');
      applySlice(r, 'contacts', copyOfContacts, { handle: 'h2', offset: String(copyOfContacts.length) });
      finishTable(r, 'contacts', 1).next();
    },
    work: (r) => {
      write(r, 'w6', set('Late', C, D));
      acceptWrite(r, 'w1', 120, true);
      refuseWrite(r, 'w3', { code: 'conflict', message: 'no' });
      for (const _ of finishTable(r, 'contacts', 1));
    },
  },
  {
    title: 'a new epoch, entered while a copy takes over',
    given: (r) => {
      sent(r);
      enterEpoch(r, 'one');
      acceptWrite(r, 'w1', 160, true);
      fetchAnew(r, 'contacts');
      applySlice(r, 'contacts', copyOfContacts, { handle: 'h2', offset: String(copyOfContacts.length) });
    },
    work: (r) => {
      if (findEpoch(r) !== 'two') enterEpoch(r, 'two');
      takeForPush(r);
      pull(r, 'contacts', 'h3', [copied(person(A, 'Restored')), copied(person(D, 'Restored')), upToDate(40)]);
    },
  },
  {
    title: 'a table that is closed to this person while a copy takes over',
    given: (r) => {
      sent(r);
      acceptWrite(r, 'w1', 160, true);
      fetchAnew(r, 'contacts');
      applySlice(r, 'contacts', copyOfContacts, { handle: 'h2', offset: String(copyOfContacts.length) });
      finishTable(r, 'contacts', 1).next();
    },
    work: (r) => {
      for (const _ of emptyTable(r, 'contacts'));
      scrub(r);
    },
  },
  {
    title: 'a table that is opened again',
    given: (r) => {
      sent(r);
      for (const _ of emptyTable(r, 'contacts'));
    },
    work: (r) => pull(r, 'contacts', 'h3', copyOfContacts),
  },
  {
    title: 'writes that are over, told to the server and forgotten',
    given: (r) => {
      sent(r);
      ['w1', 'w2'].forEach((id) => acceptWrite(r, id, 90, true));
      refuseWrite(r, 'w3', { code: 'conflict', message: 'no' });
    },
    work: (r) => forgetEnded(r, takeEnded(r)),
  },
  {
    title: 'work carried over into a new replica',
    given: () => void (kept ??= keptWork()),
    work: (r) => {
      if (!findWrite(r, 'w1') && kept) carryOver(r, IDENTITY, kept);
    },
  },
];

let kept: KeptWork | undefined;
function keptWork(): KeptWork {
  const old = openReplica(':memory:');
  const queue = (writeId: string, name: string, input: Record<string, unknown>, ...patches: Patch[]) =>
    writeLocally(old, { writeId, name, input, madeAt: 5, unit: writeId, patches, marks: [] });
  try {
    synced(old);
    queue('w1', 'contacts.update', { id: A, company: 'Mine' }, set('Mine', A));
    queue('w2', 'contacts.create', { id: E, firstName: 'Mine', tags: ['vip'] }, insert(E, 'Mine'));
    queue('w3', 'notes.add', { id: NOTE_E, contactId: E, body: 'A note' }, note(NOTE_E, E));
    queue('w4', 'contacts.delete', { id: C }, remove(C));
    takeForPush(old, 2);
    acceptWrite(old, 'w1', 200, true);
    discardWrite(old, 'w4');
    queue('w5', 'contacts.delete', { id: D }, remove(D));
    takeForPush(old, 4);
    refuseWrite(old, 'w5', { code: 'conflict', message: 'no' });
    return readKeptWork(old.db);
  } finally {
    old.close();
  }
}
