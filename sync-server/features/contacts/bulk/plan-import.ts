import type { DuplicateRule } from '../../../../shared/imports/import-operations.ts';
import type { ImportRow } from '../../../../shared/imports/import-row.ts';
import { NO_END } from '../../../../shared/contacts/contact.ts';
import { wholeImported, type ImportedFields, type Planned, type PlannedConsent } from './imported-contact.ts';

export type ImportPlan = {
  create: Planned[];
  /** Known contacts that gain something. */
  update: Planned[];
  links: { contactId: string; tag: string }[];
  members: { contactId: string; group: string }[];
  consents: PlannedConsent[];
  optOuts: { contactId: string; at: number; reason: string | null }[];
  problems: { row: number; reason: string }[];
  created: number;
  updated: number;
  skipped: number;
};

type Options = {
  duplicates: DuplicateRule;
  now: number;
  newId: () => string;
  /** People of the tenant who may own contacts; statuses by key that can be given; stages and pages it has. */
  members: ReadonlySet<string>;
  statuses: ReadonlySet<string>;
  stages: ReadonlySet<string>;
  pages: ReadonlySet<string>;
};

const emailKey = (email: string) => `e ${email.toLowerCase()}`;
const phoneKey = (phone: string) => `p ${phone}`;

/** By whom channels know the contact: one contact each and page. */
const facesOf = ({ messengerPsid, instagramSid, facebookPageId }: Partial<ImportedFields>): string[] => [
  ...(messengerPsid ? [`m ${messengerPsid} ${facebookPageId ?? ''}`] : []),
  ...(instagramSid ? [`i ${instagramSid} ${facebookPageId ?? ''}`] : []),
];

/**
 * What the rows of one batch do to the contacts they meet. A row is a duplicate of the contact with its phone, else of the one
 * with its e-mail (of the very contact it names first of all), be it known before or made by an earlier row. Merging fills: what the row has replaces, what it lacks stays.
 */
export function planImport(rows: readonly ImportRow[], known: readonly Planned[], options: Options): ImportPlan {
  const planner = new Planner(options);
  for (const contact of known) planner.remember({ ...contact });
  for (const row of rows) planner.take(row);
  return planner.finish();
}

class Planner {
  private readonly options: Options;
  private readonly byAddress = new Map<string, Planned>();
  private readonly byId = new Map<string, Planned>();
  private readonly byFace = new Map<string, Planned>();
  private readonly isNew = new Set<Planned>();
  private readonly changed = new Set<Planned>();
  private readonly plan: ImportPlan = {
    create: [],
    update: [],
    links: [],
    members: [],
    consents: [],
    optOuts: [],
    problems: [],
    created: 0,
    updated: 0,
    skipped: 0,
  };

  constructor(options: Options) {
    this.options = options;
  }

  remember(contact: Planned): void {
    const { phone, email } = contact.fields;
    this.byId.set(contact.id, contact);
    if (phone && !this.byAddress.has(phoneKey(phone))) this.byAddress.set(phoneKey(phone), contact);
    if (email && !this.byAddress.has(emailKey(email))) this.byAddress.set(emailKey(email), contact);
    for (const face of facesOf(contact.fields)) this.byFace.set(face, contact);
  }

  take(row: ImportRow): void {
    const { plan } = this;
    const itself = row.id ? this.byId.get(row.id) : undefined;
    const twin = itself ?? (this.options.duplicates === 'create' ? null : this.findTwin(row.fields));
    const reason = problemOf(row, this.options) ?? this.problemOfFaces(row, twin);
    if (reason) {
      plan.problems.push({ row: row.row, reason });
      plan.skipped++;
    } else if (!twin) this.create(row);
    else if (this.options.duplicates === 'skip') plan.skipped++;
    else this.fill(twin, row);
  }

  finish(): ImportPlan {
    this.plan.update = [...this.changed];
    // Of several agreements in one file the newest holds, wherever it stands.
    const created = new Map([...this.isNew].map((contact) => [contact.id, contact.fields]));
    for (const consent of this.plan.consents.toSorted((a, b) => a.givenAt - b.givenAt)) {
      const fields = created.get(consent.contactId);
      if (fields) agree(fields, consent);
    }
    return this.plan;
  }

  private findTwin({ phone, email }: ImportRow['fields']): Planned | null {
    return (phone && this.byAddress.get(phoneKey(phone))) || (email && this.byAddress.get(emailKey(email))) || null;
  }

  private problemOfFaces({ fields }: ImportRow, twin: Planned | null): string | null {
    const isTaken = facesOf({ ...twin?.fields, ...fields }).some((face) => (this.byFace.get(face) ?? twin) !== twin);
    return isTaken ? 'Another contact has this Messenger or Instagram id.' : null;
  }

  private create(row: ImportRow): void {
    const given = this.given(row, null);
    const contact = { id: this.options.newId(), fields: wholeImported(given) };
    this.plan.create.push(contact);
    this.isNew.add(contact);
    this.plan.created++;
    this.link(contact, row, given);
    this.remember(contact);
  }

  private fill(twin: Planned, row: ImportRow): void {
    const given = this.given(row, twin.fields);
    const filled = fillFields(twin.fields, given);
    if (filled) {
      twin.fields = filled;
      if (!this.isNew.has(twin)) this.changed.add(twin);
    }
    const gains = this.link(twin, row, given);
    if (filled || gains) this.plan.updated++;
    else this.plan.skipped++;
    this.remember(twin);
  }

  /** What a row says of the contact itself. What was closed before stays as it was closed. */
  private given(
    { fields, stageId, optOut, doNotCall }: ImportRow,
    current: ImportedFields | null,
  ): Partial<ImportedFields> {
    const { now } = this.options;
    const at = (said: number | null) => Math.min(said ?? now, now);
    const closed =
      optOut && !current?.optedOutAt
        ? { optedOutAt: at(optOut.at), optOutMethod: 'import', optOutReason: optOut.reason }
        : {};
    const notToCall = doNotCall && !current?.doNotCallAt ? { doNotCallAt: at(doNotCall.at) } : {};
    return { ...fields, ...(stageId ? { stageId } : {}), ...closed, ...notToCall };
  }

  /** Everything beside the contact itself. False where there is nothing. */
  private link(
    contact: Planned,
    { tags, groups = [], consents = [] }: ImportRow,
    { optedOutAt: at, optOutReason: reason = null }: Partial<ImportedFields>,
  ): boolean {
    const { plan, options } = this;
    const contactId = contact.id;
    for (const tag of tags) plan.links.push({ contactId, tag });
    for (const group of groups) plan.members.push({ contactId, group });
    const said = consents.flatMap((consent) => consentOf(contact, consent, options.now) ?? []);
    plan.consents.push(...said);
    if (this.isNew.has(contact)) for (const consent of said) agree(contact.fields, consent);
    if (at) plan.optOuts.push({ contactId, at, reason });
    return tags.length + groups.length + said.length > 0;
  }
}

const UNTIL = { marketing: 'marketingConsentUntil', automated: 'automatedConsentUntil' } as const;

/** A record of it, or null where it says what is known already or has ended. */
function consentOf(
  { id, fields }: Planned,
  consent: NonNullable<ImportRow['consents']>[number],
  now: number,
): PlannedConsent | null {
  const givenAt = Math.min(consent.givenAt ?? now, now);
  const until = consent.act === 'given' ? (consent.expiresAt ?? NO_END) : null;
  if (consent.givenAt === null && fields[UNTIL[consent.purpose]] === until) return null;
  if (until !== null && until <= givenAt) return null;
  return { ...consent, contactId: id, givenAt };
}

function agree(fields: ImportedFields, { act, purpose, expiresAt }: PlannedConsent): void {
  fields[UNTIL[purpose]] = act === 'given' ? (expiresAt ?? NO_END) : null;
}

function problemOf({ fields, stageId }: ImportRow, options: Options): string | null {
  const { firstName, lastName, company, phone, email, ownerId, leadStatus, facebookPageId } = fields;
  if (!firstName && !lastName && !company && !phone && !email) return 'Neither a name nor a phone number nor an email.';
  if (ownerId && !options.members.has(ownerId)) return 'The owner is not a member of your team.';
  if (leadStatus && !options.statuses.has(leadStatus)) return `There is no lead status “${leadStatus}” in use.`;
  if (stageId && !options.stages.has(stageId)) return 'The stage does not exist any more.';
  if (facebookPageId && !options.pages.has(facebookPageId)) return 'The page is not connected to your workspace.';
  return null;
}

/** Nested values join too: a row that tells the city keeps the street. */
const join = (current: Attributes, row: Attributes): Attributes => ({
  ...current,
  ...Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      const before = Object.hasOwn(current, key) ? current[key] : null;
      if (isAttributes(before) && isAttributes(value)) return [key, join(before, value)];
      return [key, saysTheSame(before, value) ? before : value];
    }),
  ),
});

/** A cell is text; what it says of a number, a list or a text with spaces around it is what is there. */
const saysTheSame = (before: unknown, value: unknown): boolean =>
  typeof value === 'string' &&
  before !== null &&
  (typeof before === 'string' ? before.trim() : JSON.stringify(before)) === value;

type Attributes = Record<string, unknown>;
const isAttributes = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields with everything the row has; null when that changes nothing. */
function fillFields(current: ImportedFields, row: Partial<ImportedFields>): ImportedFields | null {
  const given = Object.entries(row).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const next: ImportedFields = { ...current, ...Object.fromEntries(given) };
  if (row.attributes) next.attributes = join(current.attributes ?? {}, row.attributes);
  const differs = given.some(([key]) => {
    const k = key as keyof ImportedFields;
    return JSON.stringify(next[k]) !== JSON.stringify(current[k]);
  });
  return differs ? next : null;
}
