import { and, asc, eq, isNull, ne } from 'drizzle-orm';
import { contactsTable } from '../../../../shared/contacts/contact-columns.ts';
import { idFromParts } from '../../../../shared/kernel/ids.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';
import { toColumnName, type ColumnKind } from '../../../../shared/protocol/synced-table.ts';
import type { Act } from '../../../db/act.ts';
import { contactKeys } from '../contact-keys.ts';
import { contactMerges, type ContactMerge, type Given } from './contact-merge-table.ts';
import { dropLinks, LINKS } from './unite-links.ts';

/**
 * What a merge gave may have been passed on: the contact that it made went into another by a later merge, and that one perhaps into a
 * third. Each of them remembers the contact as it was, gifts included. Takes the gifts out of what is remembered, takes links off who has
 * them now, and answers the fields that the kept contact has by them, with what it had before.
 *
 *   merge:  D ─▶ C        gave C a mail address
 *   later:       C ─▶ B   remembers C with it, gave it to B
 *   later:            B ─▶ A = keptId
 */
export async function takeBackGifts(act: Act, merge: ContactMerge): Promise<Given> {
  const live = await act.tx
    .select()
    .from(contactMerges)
    .where(
      and(
        eq(contactMerges.tenantId, act.tenantId),
        eq(contactMerges.keptId, merge.keptId),
        isNull(contactMerges.undoneAt),
        ne(contactMerges.id, merge.id),
      ),
    )
    .orderBy(asc(contactMerges.at), asc(contactMerges.id));
  const chain = live.filter((one) => hasMoved(one, merge));
  const changed = new Set<ContactMerge>(chain);
  const steps = passFields(merge, chain);
  for (const table of LINKS) await passLinks(act, merge, chain, table);
  for (const [i, passing] of steps.entries()) {
    const into = chain[i - 1] ?? merge;
    for (const other of live)
      if (other !== into && isIntoTheSame(live, into, other) && forgetBefore(passing, other)) changed.add(other);
  }
  for (const later of chain) later.moved = withoutRows(later.moved ?? {}, merge.moved ?? {});
  for (const { id, merged, links, given, givenLinks, moved } of changed)
    await act.tx.update(contactMerges).set({ merged, links, given, givenLinks, moved }).where(eq(contactMerges.id, id));
  return steps.at(-1) ?? {};
}

const hasMoved = ({ moved }: ContactMerge, { id }: ContactMerge): boolean =>
  moved?.['contact_merges']?.includes(id) === true;

/** Both were into one contact when the same later merges moved them. */
const isIntoTheSame = (live: readonly ContactMerge[], a: ContactMerge, b: ContactMerge): boolean =>
  live.every((one) => hasMoved(one, a) === hasMoved(one, b));

/** Follows the fields along the chain: what each contact of it had by the merge, the kept one last. */
function passFields({ given }: ContactMerge, chain: readonly ContactMerge[]): Given[] {
  let passing = given ?? {};
  const steps = [passing];
  for (const later of chain) {
    if (later.merged) later.merged = withoutFields(later.merged, passing);
    const on = Object.keys(passing).filter((key) => {
      const theirs = later.given?.[key];
      return theirs !== undefined && isSameValue(theirs.after ?? null, passing[key]?.after ?? null);
    });
    const all = Object.entries(later.given ?? {});
    passing = Object.fromEntries(all.filter(([key]) => on.includes(key)));
    later.given = Object.fromEntries(all.filter(([key]) => !on.includes(key)));
    steps.push(passing);
  }
  return steps;
}

/** Follows the links along the chain; the last of it, or the merge itself, has given them to the kept contact. */
async function passLinks(
  act: Act,
  merge: ContactMerge,
  chain: readonly ContactMerge[],
  [table, column]: (typeof LINKS)[number],
): Promise<void> {
  let ids: readonly string[] = merge.givenLinks?.[table] ?? [];
  for (const [i, later] of chain.entries()) {
    const all = later.links?.[table] ?? [];
    const gone = all.filter((row) => ids.includes(String(row['id'])));
    const owner = chain[i + 1]?.mergedId ?? merge.keptId;
    const theirs = new Set<string>(gone.map((row) => idFromParts<'link'>(owner, String(row[column]))));
    const given = later.givenLinks?.[table] ?? [];
    ids = given.filter((id) => theirs.has(id));
    if (later.links) later.links = { ...later.links, [table]: all.filter((row) => !gone.includes(row)) };
    if (later.givenLinks) later.givenLinks = { ...later.givenLinks, [table]: given.filter((id) => !theirs.has(id)) };
  }
  await dropLinks(act, table, ids, (chain.at(-1) ?? merge).at);
}

type Moved = NonNullable<ContactMerge['moved']>;

/** What goes back to the merged contact was not the later ones' to move. */
const withoutRows = (moved: Moved, gone: Moved): Moved =>
  Object.fromEntries(
    Object.entries(moved).map(([table, ids]) => {
      const back = new Set(gone[table]);
      return [table, ids.filter((id) => !back.has(id))];
    }),
  );

/** What another merge into the same contact found there was this one's. Answers whether that changed anything. */
function forgetBefore(passing: Given, other: ContactMerge): boolean {
  const found = Object.entries(passing).flatMap(([key, mine]) => {
    const theirs = other.given?.[key];
    return theirs && isSameValue(theirs.before ?? null, mine.after ?? null)
      ? [[key, { ...theirs, before: mine.before }] as const]
      : [];
  });
  other.given = { ...other.given, ...Object.fromEntries(found) };
  return found.length > 0;
}

/** The row of a contact as the database tells it, without what it was given. */
function withoutFields(row: Record<string, unknown>, given: Given): Record<string, unknown> {
  const back = Object.entries(given).flatMap(([key, { before, after }]) => {
    const column = toColumnName(key);
    const told = isInstant(key) ? toMs(row[column]) : (row[column] ?? null);
    return isSameValue(told, after ?? null) ? [[column, isInstant(key) ? toIso(before) : before] as const] : [];
  });
  const without: Record<string, unknown> = { ...row, ...Object.fromEntries(back) };
  const text = (column: string) => (typeof without[column] === 'string' ? without[column] : null);
  const { nameKey, search } = contactKeys({
    firstName: text('first_name'),
    lastName: text('last_name'),
    company: text('company'),
    email: text('email'),
    phone: text('phone'),
  });
  return { ...without, name_key: nameKey, search };
}

const isInstant = (key: string): boolean =>
  (contactsTable.columns as Record<string, ColumnKind | undefined>)[key] === 'instant';
const toMs = (told: unknown): number | null => (typeof told === 'string' ? new Date(told).getTime() : null);
const toIso = (at: unknown): string | null => (typeof at === 'number' ? new Date(at).toISOString() : null);
