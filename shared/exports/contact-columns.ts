import type { Contact } from '../contacts/contact.ts';
import { NO_END } from '../contacts/contact.ts';
import { attributeHeader, OWN_HEADERS, TOLD_HEADERS, type OwnTarget } from '../imports/own-headers.ts';
import { isoMoment } from '../kernel/iso-moment.ts';
import { writeSeveral } from '../imports/read-cell.ts';
import { keysOfPath, pathOfKeys, valueAt } from '../segments/attribute-path.ts';

/** A contact on its way into a file: tags and groups by name. */
export type ExportedContact = Omit<Contact, 'groupIds' | 'aiContext' | 'aiContextUpdatedAt'> & {
  groups: readonly string[];
};

/** What ids mean to people, and now. */
export type ExportNames = {
  status: ReadonlyMap<string, string>;
  stage: ReadonlyMap<string, string>;
  owner: ReadonlyMap<string, string>;
  page: ReadonlyMap<string, string>;
  now: number;
};

/** Null is an empty cell. */
export type ExportCell = string | number | null;
export type ExportColumn = { header: string; read: (contact: ExportedContact, names: ExportNames) => ExportCell };

const iso = (at: number | null): string | null => (at === null ? null : isoMoment(at));
const amount = (cents: number | null): number | null => (cents === null ? null : cents / 100);
const yesNo = (value: boolean | null): string | null => (value === null ? null : value ? 'Yes' : 'No');
const list = (values: readonly string[] | null): string | null => (values?.length ? writeSeveral(values) : null);
const named = (id: string | null, names: ReadonlyMap<string, string>): string | null =>
  id === null ? null : (names.get(id) ?? null);
const agreed = (until: number | null, now: number): string | null => (until !== null && until > now ? 'Yes' : null);
const untilOf = (until: number | null): string | null => (until === NO_END ? null : iso(until));

const READ: Record<OwnTarget, ExportColumn['read']> = {
  contactId: (c) => c.id,
  firstName: (c) => c.firstName,
  lastName: (c) => c.lastName,
  company: (c) => c.company,
  email: (c) => c.email,
  phone: (c) => c.phone,
  leadStatus: (c, names) => named(c.leadStatus, names.status) ?? c.leadStatus,
  leadScore: (c) => c.leadScore,
  stage: (c, names) => named(c.stageId, names.stage),
  owner: (c, names) => named(c.ownerId, names.owner),
  sentiment: (c) => c.sentiment,
  estimatedRevenue: (c) => amount(c.estimatedRevenueCents),
  actualRevenue: (c) => amount(c.actualRevenueCents),
  emergency: (c) => yesNo(c.emergency),
  source: (c) => c.source,
  locale: (c) => c.locale,
  timezone: (c) => c.timezone,
  tags: (c) => list(c.tags),
  groups: (c) => list(c.groups),
  keywords: (c) => list(c.keywords),
  facebookPage: (c, names) => named(c.facebookPageId, names.page),
  messengerPsid: (c) => c.messengerPsid,
  instagramSid: (c) => c.instagramSid,
  hasMessenger: (c) => yesNo(c.hasMessenger),
  hasInstagram: (c) => yesNo(c.hasInstagram),
  profilePicUrl: (c) => c.profilePicUrl,
  marketingConsent: (c, { now }) => agreed(c.marketingConsentUntil, now),
  marketingConsentUntil: (c) => untilOf(c.marketingConsentUntil),
  automatedConsent: (c, { now }) => agreed(c.automatedConsentUntil, now),
  automatedConsentUntil: (c) => untilOf(c.automatedConsentUntil),
  optedOut: (c) => iso(c.optedOutAt),
  optOutReason: (c) => c.optOutReason,
  doNotCall: (c) => iso(c.doNotCallAt),
};

/** The columns of a file of contacts, with one for each attribute path. What a file says is imported again as it was. */
export function contactColumns(attributePaths: readonly string[]): ExportColumn[] {
  const own = (Object.keys(OWN_HEADERS) as OwnTarget[]).map((target) => ({
    header: OWN_HEADERS[target],
    read: READ[target],
  }));
  const told = [
    { header: TOLD_HEADERS.createdAt, read: (c: ExportedContact) => iso(c.createdAt) },
    { header: TOLD_HEADERS.lastInteractionAt, read: (c: ExportedContact) => iso(c.lastInteractionAt) },
  ];
  const attributes = attributePaths.map((path) => {
    const keys = keysOfPath(path);
    return { header: attributeHeader(path), read: (c: ExportedContact) => toCell(valueAt(c.attributes, keys)) };
  });
  return [...own, ...told, ...attributes];
}

const toCell = (value: unknown): ExportCell => {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
};

/** Adds the paths of everything in `attributes` that is no object itself. */
export function collectPaths(attributes: unknown, into: Set<string>, above: readonly string[] = []): void {
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return;
  for (const [key, value] of Object.entries(attributes)) {
    const keys = [...above, key];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) collectPaths(value, into, keys);
    else if (value !== null && value !== '') into.add(pathOfKeys(keys));
  }
}
