import { createRoot } from 'react-dom/client';
import { must } from '../../../shared/kernel/must.ts';
import { App } from '../app/app.tsx';
import { applyPreferences, setPreferences } from '../lib/preferences.ts';
import { FixtureBridge } from './fixture-bridge.ts';
import { contactIdAt } from './fixture-data.ts';
import { fixtureDraft } from './fixture-draft.ts';
import '../app/app.css';

/** `preview.html?state=offline,refused&theme=dark`: the whole app over fixtures, each state by its name. */
const query = new URLSearchParams(location.search);
const states = new Set(query.get('state')?.split(','));
setPreferences({ theme: (query.get('theme') ?? 'system') as 'system', rail: query.has('rail') });
applyPreferences();

const bridge = new FixtureBridge({
  contacts: states.has('empty') ? 0 : Number(query.get('contacts') ?? 2_000),
  offline: states.has('offline'),
  signedOut: states.has('signed-out'),
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
if (states.has('expired') && bridge.state.session.status === 'signed-in') bridge.state.session.expired = true;

createRoot(must(document.getElementById('root'), '#root')).render(<App bridge={bridge} />);
