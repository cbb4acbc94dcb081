import { Checkpointer } from '../../desktop/core/engine/checkpointer.ts';
import { runBulkCommand } from '../../desktop/core/features/outbox/bulk-command.ts';
import { runCommand } from '../../desktop/core/features/outbox/run-command.ts';
import { openReplica, type Replica } from '../../desktop/core/replica/open-replica.ts';
import type { ReplicaPlace } from '../../desktop/core/replica/sealed-database.ts';
import type { Identity } from '../../shared/auth/auth-requests.ts';
import { contactTagIdOf, tagIdOf } from '../../shared/contacts/tag.ts';
import { newId } from '../../shared/kernel/ids.ts';
import { atMost, percentile, sample, told, type Metric } from '../metric.ts';
import { TENANT } from './fill-contacts.ts';

const FEW = 100;
const MANY = 100_000;
const ACTS = 60;
const identity = { userId: newId(), tenantId: TENANT, role: 'AGENT' } as unknown as Identity;

/** A tag on a hundred and on a hundred thousand of a million contacts, durable when it answers. Beside the bare rows in one transaction. */
export async function tagMany(place: ReplicaPlace): Promise<Metric[]> {
  const replica = openReplica(place.file, place.key);
  const log = new Checkpointer(replica, place, console.error);
  const ids = replica.sql('SELECT id FROM contacts ORDER BY random()').pluck().all() as string[];
  let acts = 0;
  /** Others every time, and another tag. */
  const next = () => {
    acts += 1;
    return { contactIds: ids.slice(MANY + acts * FEW, MANY + (acts + 1) * FEW), tag: `Tag ${acts}` };
  };
  const few = sample(ACTS, () => {
    const { contactIds, tag } = next();
    runCommand(replica, identity, { name: 'contacts.addTags', input: { contactIds, tags: [tag] } }, Date.now());
  });
  const fewRaw = sample(ACTS, () => {
    const { contactIds, tag } = next();
    insertBare(replica, contactIds, tag);
  });
  const holds: number[] = [];
  const command = { name: 'contacts.addTags', input: { contactIds: ids.slice(0, MANY), tags: ['Many'] } };
  const started = performance.now();
  const steps = runBulkCommand(replica, identity, command, Date.now());
  for (let done = false; !done;) {
    const step = performance.now();
    done = steps.next().done === true;
    holds.push(performance.now() - step);
    await log.breathe();
  }
  const many = (performance.now() - started) / 1000;
  const bare = performance.now();
  insertBare(replica, ids.slice(0, MANY), 'Bare many');
  const manyRaw = (performance.now() - bare) / 1000;
  await log.close();
  replica.close();
  return [
    atMost('tag on 100 of 1M contacts, p50', 'ms', percentile(few, 0.5), 20, percentile(fewRaw, 0.5)),
    told('tag on 100 of 1M contacts, p99', 'ms', percentile(few, 0.99), percentile(fewRaw, 0.99)),
    atMost('tag on 100k of 1M contacts', 's', many, 4, manyRaw),
    atMost('longest hold of the writer by it', 'ms', Math.max(...holds), 250),
  ];
}

/** The rows alone, with the indexes and triggers of their table, in one durable transaction. */
function insertBare(replica: Replica, contactIds: readonly string[], tag: string): void {
  const tagId = tagIdOf(TENANT, tag);
  replica.tx(() => {
    for (const id of contactIds.toSorted())
      replica
        .sql('INSERT INTO contact_tags (id, contact_id, tag_id, created_at) VALUES (?, ?, ?, 0)')
        .run(contactTagIdOf(id, tagId), id, tagId);
  });
}
