import type { ContactFields } from '../../../../shared/contacts/contact.ts';
import type { DUPLICATE_RULES, ImportRow } from '../../../../shared/imports/import-operations.ts';

export type Known = { id: string; fields: ContactFields };
export type Planned = { id: string; fields: ContactFields };
export type ImportPlan = {
  create: Planned[];
  /** Known contacts that gain something. */
  update: Planned[];
  links: { contactId: string; tag: string }[];
  problems: { row: number; reason: string }[];
  created: number;
  updated: number;
  skipped: number;
};

type Options = {
  duplicates: (typeof DUPLICATE_RULES)[number];
  newId: () => string;
  whole: (some: Partial<ContactFields>) => ContactFields;
  /** People of the tenant who may own contacts. */
  members: ReadonlySet<string>;
};

const emailKey = (email: string) => email.toLowerCase();

/**
 * What the rows of one batch do to the contacts they meet. A row is a duplicate of the contact with its phone, else of the one
 * with its e-mail, be it known before or made by an earlier row. Merging fills: what the row has replaces, what it lacks stays.
 */
export function planImport(rows: readonly ImportRow[], known: readonly Known[], options: Options): ImportPlan {
  const plan: ImportPlan = { create: [], update: [], links: [], problems: [], created: 0, updated: 0, skipped: 0 };
  const byPhone = new Map<string, Planned>();
  const byEmail = new Map<string, Planned>();
  const isNew = new Set<Planned>();
  const changed = new Set<Planned>();
  const remember = (contact: Planned) => {
    const { phone, email } = contact.fields;
    if (phone && !byPhone.has(phone)) byPhone.set(phone, contact);
    if (email && !byEmail.has(emailKey(email))) byEmail.set(emailKey(email), contact);
  };
  for (const contact of known) remember({ ...contact });

  for (const { row, fields, tags } of rows) {
    const reason = problemOf(fields, options.members);
    if (reason) {
      plan.problems.push({ row, reason });
      plan.skipped++;
      continue;
    }
    const twin =
      (fields.phone && byPhone.get(fields.phone)) || (fields.email && byEmail.get(emailKey(fields.email))) || null;
    if (!twin) {
      const contact = { id: options.newId(), fields: options.whole(fields) };
      plan.create.push(contact);
      isNew.add(contact);
      plan.created++;
      remember(contact);
      for (const tag of tags) plan.links.push({ contactId: contact.id, tag });
      continue;
    }
    if (options.duplicates === 'skip') {
      plan.skipped++;
      continue;
    }
    const filled = fill(twin.fields, fields);
    if (filled) {
      twin.fields = filled;
      if (!isNew.has(twin)) changed.add(twin);
    }
    if (filled || tags.length) plan.updated++;
    else plan.skipped++;
    remember(twin);
    for (const tag of tags) plan.links.push({ contactId: twin.id, tag });
  }
  plan.update = [...changed];
  return plan;
}

function problemOf(fields: Partial<ContactFields>, members: ReadonlySet<string>): string | null {
  const { firstName, lastName, company, phone, email, ownerId } = fields;
  if (!firstName && !lastName && !company && !phone && !email) return 'Neither a name nor a phone number nor an email.';
  if (ownerId && !members.has(ownerId)) return 'The owner is not a member of your team.';
  return null;
}

/** The fields with everything the row has; null when that changes nothing. */
function fill(current: ContactFields, row: Partial<ContactFields>): ContactFields | null {
  const given = Object.entries(row).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const next: ContactFields = { ...current, ...Object.fromEntries(given) };
  if (row.attributes) next.attributes = { ...current.attributes, ...row.attributes };
  const differs = given.some(([key]) => {
    const k = key as keyof ContactFields;
    return JSON.stringify(next[k]) !== JSON.stringify(current[k]);
  });
  return differs ? next : null;
}
