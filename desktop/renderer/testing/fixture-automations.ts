import { contactDisplayName, type Contact } from '../../../shared/contacts/contact.ts';
import type { dryRunAutomation, listFirings } from '../../../shared/statuses/automation-operations.ts';
import type { OutputOf } from '../../../shared/protocol/operation.ts';
import { idFromParts } from '../../../shared/kernel/ids.ts';
import { TENANT_ID } from './fixture-data.ts';
import type { FixtureState } from './fixture-queries.ts';

const HOUR = 3_600_000;

const people = (state: FixtureState) =>
  state.tables.rows<Contact>('contacts').map((contact) => ({ id: contact.id, name: contactDisplayName(contact) }));

/** A few of each kind, whatever the automation is. */
export function fixtureDryRun(state: FixtureState): OutputOf<typeof dryRunAutomation> {
  const now = Date.now();
  const some = (from: number, count: number, dueAt: number | null) => {
    const sample = people(state)
      .slice(from, from + count)
      .map((one) => ({ ...one, dueAt }));
    return { contacts: sample.length, sample };
  };
  return {
    now: some(0, 3, now - HOUR),
    within24Hours: some(3, 2, now + 5 * HOUR),
    others: [
      { why: 'later', ...some(5, 14, now + 72 * HOUR) },
      { why: 'conditions', ...some(19, 1, null) },
    ],
    next: ['qualified'],
  };
}

export function fixtureFirings(
  state: FixtureState,
  { outcome, page = 1, limit = 50 }: { outcome?: string; page?: number; limit?: number },
): OutputOf<typeof listFirings> {
  const automationId = idFromParts(TENANT_ID, 'status_automation', 'follow up');
  const firings = people(state)
    .slice(0, 4)
    .map((one, place) => ({
      id: idFromParts(TENANT_ID, 'firing', String(place)),
      automationId,
      automationName: 'Follow up after a day',
      contactId: one.id,
      contactName: one.name,
      at: Date.now() - place * 7 * HOUR,
      dueAt: Date.now() - place * 7 * HOUR,
      outcome: place === 2 ? ('skipped' as const) : ('moved' as const),
      reason: place === 2 ? 'The conditions are not met.' : null,
      fromStatus: 'new',
      toStatus: 'contacted',
    }))
    .filter((firing) => outcome === undefined || firing.outcome === outcome);
  const from = (page - 1) * limit;
  return { data: firings.slice(from, from + limit), page, limit, total: firings.length };
}
