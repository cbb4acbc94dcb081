import { fixtureContact } from './fixture-contacts.ts';
import type { Queries } from '../../../shared/bridge/bridge-contract.ts';
import { contactDisplayName } from '../../../shared/contacts/contact.ts';
import { overwrittenFields, type MetKind } from '../../../shared/merges/met-change.ts';
import { idFromParts } from '../../../shared/kernel/ids.ts';
import { contactIdAt, ME, TENANT_ID } from './fixture-data.ts';
import type { FixtureState } from './fixture-queries.ts';

type MergesList = Queries['merges.list'];
type Values = Record<string, unknown>;

const HOUR = 3_600_000;

/** The edit of `index`'s contact by me met one by Theo. */
export function addMeeting({ tables }: FixtureState, index: number, mine: Values, theirs: Values, now: number): string {
  const contactId = contactIdAt(index);
  const id = idFromParts<'meeting'>(contactId, 'meeting');
  const kind: MetKind = overwrittenFields(mine, theirs).length > 0 ? 'overwritten' : 'merged';
  tables.of('met_changes').set(id, {
    id,
    entity: 'contact',
    entityId: contactId,
    contactId,
    kind,
    mine,
    theirs,
    mineById: ME,
    mineMadeAt: now - (index + 5) * HOUR,
    theirsById: idFromParts(TENANT_ID, 'member', 'Theo Lindqvist'),
    theirsAt: now - (index + 3) * HOUR,
    createdAt: now - (index + 1) * HOUR,
    resolvedAt: null,
    resolvedById: null,
  });
  return id;
}

export function fixtureMeetings(
  state: FixtureState,
  { settled, contactId, limit }: MergesList['args'],
): MergesList['result'] {
  const name = (id: unknown) =>
    (state.tables.of('workspace_items').get(String(id))?.['body'] as { name: string } | undefined)?.name ?? null;
  const all = state.tables
    .rows('met_changes')
    .filter((row) => contactId === undefined || row['contactId'] === contactId)
    .toSorted((a, b) => Number(b['createdAt']) - Number(a['createdAt']));
  const rows = all
    .filter((row) => (row['resolvedAt'] !== null) === settled)
    .map((row) => {
      const contact = fixtureContact(state, String(row['contactId']));
      return {
        ...(row as unknown as MergesList['result']['rows'][number]),
        contactName: contact ? contactDisplayName(contact) : 'a contact that is gone',
        overwritten: overwrittenFields(row['mine'] as Values, row['theirs'] as Values),
        mineBy: name(row['mineById']),
        theirsBy: name(row['theirsById']),
        resolvedBy: name(row['resolvedById']),
        pending: state.outbox.some((entry) => (entry.input as { id?: string }).id === row.id),
      };
    });
  const open = all.filter((row) => row['resolvedAt'] === null).length;
  return { rows: rows.slice(0, limit), open, more: rows.length > limit, denied: false };
}
