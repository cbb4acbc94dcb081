import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beginLoad, finishLoad } from '../../desktop/core/replica/load-table.ts';
import { numbered, openReplica, type Replica } from '../../desktop/core/replica/open-replica.ts';
import { encryptDatabase, type ReplicaPlace } from '../../desktop/core/replica/sealed-database.ts';
import { getReplicaTable } from '../../desktop/core/replica/replica-schema.ts';
import { contactTagIdOf, tagIdOf } from '../../shared/contacts/tag.ts';
import { newId } from '../../shared/kernel/ids.ts';
import { upsertRow } from '../../desktop/core/replica/write-rows.ts';
import { FIRST, LAST, phoneOf, pick, scramble } from '../replica/million-contacts.ts';

export const TENANT = '90000000-0000-4000-8000-000000000001';
export const STATUSES = ['new', 'contacted', 'contact_made', 'qualified', 'sold', 'won', 'lost', 'paused', 'dnc'];
export const STAGES = Array.from({ length: 12 }, (_, i) => `30000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
/** The nth stage is of the nth pipeline, and round again. */
export const PIPELINES = Array.from({ length: 3 }, (_, i) => `20000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
const OWNERS = Array.from({ length: 20 }, (_, i) => `10000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
export const CITIES = Array.from({ length: 400 }, (_, i) => `City ${i}`);
/** The first is on a tenth of all contacts, the last on one in ten thousand. */
export const TAGS = [
  'vip',
  'newsletter',
  'warm lead',
  'solar',
  'storm',
  ...Array.from({ length: 200 }, (_, i) => `t${i}`),
];
const YEAR_MS = 31_536_000_000;

/** Runs on an encrypted replica of so many contacts, which is gone afterwards. */
export async function withContacts<T>(count: number, run: (place: ReplicaPlace) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchboard-contacts-'));
  const place = { file: path.join(dir, 'replica.sqlite'), key: randomBytes(32).toString('hex') };
  try {
    const replica = openReplica(place.file);
    fillContacts(replica, count);
    replica.close();
    encryptDatabase(place.file, place.key);
    return await run(place);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A replica of a workspace that uses what there is: statuses, stages, owners, moods, revenue, attributes, two tags a contact. */
export function fillContacts(replica: Replica, count: number): void {
  const [contacts, links, items] = ['contacts', 'contact_tags', 'workspace_items'].map(getReplicaTable);
  if (!contacts || !links || !items) throw new Error('the replica has these tables');
  const now = Date.now();
  const tagIds = TAGS.map((name) => tagIdOf(TENANT, name));
  beginLoad(replica, contacts);
  beginLoad(replica, links);
  replica.tx(() => {
    TAGS.forEach((name, i) =>
      upsertRow(replica, items, { id: tagIds[i] ?? '', kind: 'tag', body: JSON.stringify({ name }) }),
    );
    STAGES.forEach((id, i) =>
      upsertRow(replica, items, {
        id,
        kind: 'stage',
        body: JSON.stringify({ pipelineId: PIPELINES[i % 3], name: id }),
      }),
    );
    for (let i = 0; i < count; i += 1) {
      const n = scramble(i);
      const m = scramble(n + 7);
      const id = newId<'contact'>();
      upsertRow(replica, contacts, {
        id,
        first_name: pick(FIRST, n),
        last_name: `${pick(LAST, n >>> 4)}${n % 9973}`,
        company: `Company ${n % 50_000}`,
        email: `person${i}@mail${n % 500}.example`,
        phone: phoneOf(i),
        lead_score: n % 101,
        lead_status: pick(STATUSES, m),
        owner_id: pick(OWNERS, m >>> 3),
        stage_id: pick(STAGES, m >>> 5),
        pipeline_id: pick(PIPELINES, (m >>> 5) % STAGES.length),
        stage_entered_at: now - (m % YEAR_MS),
        sentiment: pick(['hot', 'cold', 'ghosted', 'unsure'], m >>> 2),
        has_messenger: n % 3 === 0 ? 1 : 0,
        has_instagram: n % 5 === 0 ? 1 : 0,
        estimated_revenue_cents: (n % 5_000) * 100,
        attributes: JSON.stringify({ city: pick(CITIES, n >>> 7), age: 18 + (m % 60), plan: n % 2 ? 'gold' : 'basic' }),
        created_at: now - n * 10,
        updated_at: now - n,
        last_interaction_at: now - (n % 31_536_000) * 1000,
        last_inbound_at: n % 4 ? now - (m % YEAR_MS) : null,
      });
      for (const tag of new Set([n % 10 === 0 ? 0 : 5 + (m % 200), 1 + (m % 4)]))
        upsertRow(replica, links, {
          id: contactTagIdOf(id, tagIds[tag] ?? ''),
          contact_id: id,
          tag_id: tagIds[tag] ?? '',
          created_at: now,
        });
    }
  });
  for (const table of ['contacts', 'contact_tags']) for (const _ of finishLoad(replica, table));
  replica.db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Sets the status of so many contacts, spread over all, as their devices would. */
export function editSome(replica: Replica, rids: readonly number[], status: string): void {
  replica
    .sql('UPDATE contacts SET lead_status = ?1 WHERE rid IN (SELECT value FROM json_each(?2))')
    .run(numbered(status, JSON.stringify(rids)));
}
