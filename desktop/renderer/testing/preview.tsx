import { createRoot } from 'react-dom/client';
import { conversationIdOf } from '../../../shared/inbox/message.ts';
import { must } from '../../../shared/kernel/must.ts';
import { App } from '../app/app.tsx';
import { applyPreferences, setPreferences } from '../lib/preferences.ts';
import { FixtureBridge } from './fixture-bridge.ts';
import { contactIdAt, ME as MEETS } from './fixture-data.ts';
import { addMeeting } from './fixture-merges.ts';
import { fixtureDraft } from './fixture-draft.ts';
import '../app/app.css';

/** `preview.html?state=offline,refused&theme=dark&language=ar-XB`: the whole app over fixtures, each state by its name. */
const query = new URLSearchParams(location.search);
const states = new Set(query.get('state')?.split(','));
setPreferences({
  theme: (query.get('theme') ?? 'system') as 'system',
  rail: query.has('rail'),
  language: (query.get('language') ?? 'system') as 'system',
});
applyPreferences();

const bridge = new FixtureBridge({
  contacts: states.has('empty') ? 0 : Number(query.get('contacts') ?? 2_000),
  offline: states.has('offline'),
  signedOut: states.has('signed-out'),
  team: !states.has('empty'),
  firstRun: states.has('first-run'),
  ...(query.has('role') ? { role: query.get('role') as 'OWNER' } : {}),
});
const first = contactIdAt(0);

if (states.has('signed-out')) {
  bridge.state.session = { status: 'signed-out', left: [{ email: 'maya@northwell.example', pending: 7 }] };
}
if (states.has('offline') || states.has('waiting')) {
  await bridge.call('command', {
    name: 'contacts.update',
    input: { id: contactIdAt(3), company: 'Wiśniewski Heating' },
  });
  await bridge.call('command', {
    name: 'contacts.addTags',
    input: { contactIds: [contactIdAt(8)], tags: ['Heat pump'] },
  });
  await bridge.call('command', {
    name: 'messages.send',
    input: { contactId: first, body: 'I’ve pencilled in 9 and 10 December for the install crew.' },
  });
  await bridge.call('command', {
    name: 'notes.add',
    input: { contactId: first, body: 'Prefers mornings. Ask about the ducts.' },
  });
}
if (states.has('refused')) {
  const reply = await bridge.call('command', {
    name: 'contacts.update',
    input: { id: contactIdAt(1), leadStatus: 'qualified', company: 'Oyelaran & Sons' },
  });
  if ('data' in reply) {
    bridge.refuse(reply.data.writeId, 'Theo Lindqvist made this contact read-only at 10:14, while you were offline.', {
      leadStatus: 'won',
      company: 'Oyelaran Ltd',
    });
  }
}
if (states.has('importing')) {
  const { tables } = bridge.state;
  const job = {
    total: 418_006,
    created: 287_112,
    updated: 21_604,
    skipped: 3_764,
    processed: 312_480,
    startedById: bridge.state.session.status === 'signed-in' ? bridge.state.session.identity.userId : '',
    createdAt: Date.now() - 9_000,
    message: null,
  };
  tables.of('workspace_items').set('job-1', {
    id: 'job-1',
    kind: 'import_job',
    body: { ...job, fileName: 'spring-leads-2026.csv', status: 'running' },
  });
  tables.of('workspace_items').set('job-2', {
    id: 'job-2',
    kind: 'import_job',
    body: {
      ...job,
      total: 9_120,
      processed: 0,
      created: 0,
      updated: 0,
      skipped: 0,
      fileName: 'trade-fair.csv',
      status: 'receiving',
      waitingParts: 10,
    },
  });
  bridge.state.drafts.set('draft', fixtureDraft('draft'));
}
const DAY = 86_400_000;
const { state } = bridge;
if (states.has('weeks')) {
  Object.assign(state.sync, { status: 'offline', dataAt: Date.now() - 24 * DAY, offlineSince: Date.now() - 24 * DAY });
}
if (states.has('stuck')) Object.assign(state.sync, { status: 'stuck', oldestWaitingAt: Date.now() - 12 * 60_000 });
if (states.has('first-sync')) Object.assign(state.sync, { status: 'starting', firstSync: { rows: 12_400 } });
if (states.has('full-disk')) state.sync.diskFull = true;
if (states.has('rescued')) {
  state.sync.notice =
    'The data on this computer was damaged and is being fetched anew. 2 changes that were not saved were found in it and kept.';
}
if (states.has('removed')) {
  const removed = { email: 'maya@northwell.example', tenantName: 'Northwell Heating', kept: 2 };
  state.session = { status: 'signed-out', left: [], removed };
}
if (states.has('window'))
  Object.assign(state.storage, { chosenDays: 90, workspaceDays: 30, quotaBytes: 1_000_000_000 });
if (states.has('over')) Object.assign(state.storage, { quotaBytes: 500_000_000, olderMessages: 0 });
if (states.has('met')) {
  addMeeting(state, 1, { company: 'Oyelaran Ltd', phone: '+15035550199' }, { company: 'Oyelaran & Sons' }, Date.now());
  addMeeting(state, 2, { company: 'Fontaine' }, { email: 'marguerite@fontaine.example' }, Date.now());
  addMeeting(state, 0, { leadStatus: 'won', ownerId: null }, { leadStatus: 'qualified', ownerId: MEETS }, Date.now());
}
if (states.has('held')) {
  const created = await bridge.call('command', {
    name: 'contacts.update',
    input: { id: contactIdAt(4), email: 'anjali@' },
  });
  const note = await bridge.call('command', {
    name: 'notes.add',
    input: { contactId: contactIdAt(4), body: 'Prefers mornings. Ask about the ducts.' },
  });
  const tagged = await bridge.call('command', {
    name: 'contacts.addTags',
    input: { contactIds: [contactIdAt(6), contactIdAt(7)], tags: ['VIP'] },
  });
  if ('data' in created && 'data' in note && 'data' in tagged) {
    bridge.refuse(created.data.writeId, 'An e-mail needs a domain.', null, { code: 'invalid_input' });
    bridge.refuse(note.data.writeId, 'It builds on a change that was refused.', null, {
      code: 'held',
      because: created.data.writeId,
    });
    bridge.refuse(tagged.data.writeId, 'A contact may wear at most 50 tags.', null, {
      code: 'limit_reached',
      bulk: { records: 100_000, refusedRecords: 5_000, slices: 1 },
    });
  }
}
if (states.has('older')) state.older.set(conversationIdOf(first, 'sms'), []);
if (states.has('expired') && bridge.state.session.status === 'signed-in') bridge.state.session.expired = true;

createRoot(must(document.getElementById('root'), '#root')).render(<App bridge={bridge} />);
