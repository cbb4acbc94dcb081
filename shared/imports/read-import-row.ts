import { contactFields, statusKeyOf, type ContactFields } from '../contacts/contact.ts';
import { CONSENT_FORMS } from '../contacts/consent-operations.ts';
import { parseEmailEntry, parsePhoneEntry } from '../contacts/contact-entry.ts';
import { fromCsvCell } from '../kernel/csv-cell.ts';
import { toSearchText } from '../kernel/search-text.ts';
import { keysOfPath } from '../segments/attribute-path.ts';
import type { ColumnTarget, NamedTarget } from './column-target.ts';
import { readConsents, type ConsentCells } from './read-consents.ts';
import type { ImportRow } from './import-row.ts';
import type { NameIndex } from './import-setup.ts';
import { keepAttribute } from './keep-attribute.ts';
import { readCents, readMoment, readSeveral, readYesNo } from './read-cell.ts';

/** Words of the file that name something the workspace does not have; they are kept as attributes. */
export type UnknownWord = { target: 'leadStatus' | 'owner' | 'stage' | 'facebookPage'; word: string };
export type RowReading =
  | { ok: true; row: ImportRow; unknown: UnknownWord[] }
  | { ok: false; row: number; reason: string };

export type Mapping = {
  headers: readonly string[];
  targets: readonly ColumnTarget[];
  country: string;
  names: NameIndex;
};

const LONGEST: Partial<Record<NamedTarget, number>> = {
  firstName: 100,
  lastName: 100,
  company: 200,
  source: 100,
  locale: 35,
  timezone: 60,
  messengerPsid: 100,
  instagramSid: 100,
  optOutReason: 500,
};

/** A row on its way. What goes wrong is thrown away with it. */
type Draft = {
  fields: Partial<ContactFields>;
  attributes: Record<string, unknown>;
  lists: { tags: string[]; groups: string[] };
  more: Pick<ImportRow, 'id' | 'stageId' | 'doNotCall' | 'optOut'>;
  consents: ConsentCells;
  unknown: UnknownWord[];
};

type Cell = { header: string; text: string; folded: string; mapping: Mapping };

/**
 * A row of a file as a contact. It must give a phone number or an email address that is right, or say which of our contacts it is; a wrong
 * one of either makes the row invalid, because importing half of what somebody meant loses the other half silently. `row` counts as a
 * spreadsheet does.
 */
export function readImportRow(cells: readonly string[], row: number, mapping: Mapping): RowReading {
  const draft: Draft = {
    fields: {},
    attributes: {},
    lists: { tags: [], groups: [] },
    more: {},
    consents: {},
    unknown: [],
  };
  for (const [i, target] of mapping.targets.entries()) {
    const text = fromCsvCell((cells[i] ?? '').trim()).trim();
    if (text === '' || target === 'ignore') continue;
    const header = mapping.headers[i] || `Column ${i + 1}`;
    const problem = readCell(draft, target, { header, text, folded: toSearchText(text), mapping });
    if (problem) return { ok: false, row, reason: `${header} “${shorten(text)}”: ${problem}` };
  }
  const { fields, attributes, lists, more, unknown } = draft;
  if (!fields.phone && !fields.email && !more.id)
    return { ok: false, row, reason: 'No phone number and no email address.' };
  if (Object.keys(attributes).length > 0) fields.attributes = attributes;
  const consents = readConsents(draft.consents);
  const content: ImportRow = { row, fields, tags: lists.tags.map((tag) => tag.slice(0, 60)).slice(0, 50), ...more };
  if (lists.groups.length) content.groups = lists.groups.map((name) => name.slice(0, 100)).slice(0, 50);
  if (consents.length) content.consents = consents;
  return { ok: true, row: content, unknown };
}

/** Puts a cell where it belongs; answers what is wrong with it, or null. */
function readCell(draft: Draft, target: ColumnTarget, cell: Cell): string | null {
  const { text, mapping } = cell;
  if (target.startsWith('attribute:'))
    return keepAttribute(draft.attributes, keysOfPath(target.slice('attribute:'.length)), text, mapping.names);
  const named = target as NamedTarget;
  if (named in READERS) return READERS[named as keyof typeof READERS](draft, cell, named);
  return readText(draft.fields, named as TextTarget, text);
}

type TextTarget =
  | 'firstName'
  | 'lastName'
  | 'company'
  | 'source'
  | 'locale'
  | 'timezone'
  | 'messengerPsid'
  | 'instagramSid';

function readText(fields: Draft['fields'], target: TextTarget, text: string): string | null {
  const longest = LONGEST[target] ?? 100;
  if (text.length > longest) return `Longer than ${longest} characters.`;
  fields[target] = text;
  return null;
}

type Reader = (draft: Draft, cell: Cell, target: NamedTarget) => string | null;

function keepAll(list: string[], text: string): null {
  list.push(...readSeveral(text).filter((name) => !list.includes(name)));
  return null;
}

const NEITHER = 'Neither yes nor no.';
const NO_DATE = 'That is not a date.';

const keepWord = (draft: Draft, target: UnknownWord['target'], { header, text, mapping }: Cell): string | null => {
  draft.unknown.push({ target, word: text });
  // A word of another program is worth keeping, though not as one of ours.
  return keepAttribute(draft.attributes, [header], text, mapping.names);
};

const address: Reader = (draft, { header, text, mapping }, target) => {
  const parse = (one: string) => (target === 'phone' ? parsePhoneEntry(one, mapping.country) : parseEmailEntry(one));
  const entry = parse(text);
  if (entry.ok) {
    draft.fields[target as 'phone' | 'email'] = entry.value;
    return null;
  }
  // Some programs write all of somebody's numbers into one cell: the first is theirs, the others are kept beside it.
  const several = readSeveral(text, /:::|[;|]/);
  const [first, ...others] = several.map(parse);
  if (several.length < 2 || !first?.ok) return entry.message;
  draft.fields[target as 'phone' | 'email'] = first.value;
  const rest = several.filter((_, i) => i > 0 && others[i - 1]?.ok);
  return rest.length ? keepAttribute(draft.attributes, [`${header} (others)`], rest.join('; '), mapping.names) : null;
};

const yesNo: Reader = (draft, { folded }, target) => {
  const value = readYesNo(folded);
  if (value === null) return NEITHER;
  draft.fields[target as 'emergency' | 'hasMessenger' | 'hasInstagram'] = value;
  return null;
};

const amount: Reader = (draft, { text }, target) => {
  const cents = readCents(text);
  if (cents === null || cents > 100_000_000_000_000) return 'That is not an amount.';
  draft.fields[target === 'actualRevenue' ? 'actualRevenueCents' : 'estimatedRevenueCents'] = cents;
  return null;
};

/** Yes, no, or since when. */
function readSince({ text, folded, mapping }: Cell): { at: number | null } | false | string {
  const said = readYesNo(folded);
  if (said !== null) return said && { at: null };
  const at = readMoment(text, mapping.country);
  return at === null ? 'Neither yes, no nor a date.' : { at };
}

const consent: Reader = (draft, cell, target) => {
  const since = readSince(cell);
  if (typeof since === 'string') return since;
  const purpose = target === 'automatedConsent' ? 'automated' : 'marketing';
  draft.consents[purpose] = {
    ...draft.consents[purpose],
    given: since !== false,
    ...(since && since.at ? { at: since.at } : {}),
  };
  return null;
};

const consentDate: Reader = (draft, { text, mapping }, target) => {
  const at = readMoment(text, mapping.country);
  if (at === null) return NO_DATE;
  const purpose = target.startsWith('automated') ? 'automated' : 'marketing';
  draft.consents[purpose] = { ...draft.consents[purpose], [target.endsWith('Until') ? 'until' : 'at']: at };
  return null;
};

const READERS = {
  contactId: (draft, { text }) => {
    const id = contactFields.shape.ownerId.safeParse(text.toLowerCase());
    if (!id.success || !id.data) return 'That is not an id of a contact.';
    draft.more.id = id.data;
    return null;
  },
  fullName: (draft, { text }) => {
    Object.assign(draft.fields, splitName(text));
    return null;
  },
  phone: address,
  email: address,
  leadScore: (draft, { text }) => {
    const score = Number(text);
    if (!Number.isInteger(score) || score < 0 || score > 100) return 'A score is a whole number from 0 to 100.';
    draft.fields.leadScore = score;
    return null;
  },
  leadStatus: (draft, cell) => {
    const key = cell.mapping.names.status.get(statusKeyOf(cell.text)) ?? cell.mapping.names.status.get(cell.folded);
    if (key === undefined) return keepWord(draft, 'leadStatus', cell);
    draft.fields.leadStatus = key;
    return null;
  },
  stage: (draft, cell) => {
    const id = cell.mapping.names.stage.get(cell.folded);
    if (id === undefined) return keepWord(draft, 'stage', cell);
    draft.more.stageId = id;
    return null;
  },
  owner: (draft, cell) => {
    const id = cell.mapping.names.owner.get(cell.folded);
    if (id === undefined) return keepWord(draft, 'owner', cell);
    draft.fields.ownerId = id;
    return null;
  },
  facebookPage: (draft, cell) => {
    const id = cell.mapping.names.page.get(cell.folded);
    if (id === undefined) return keepWord(draft, 'facebookPage', cell);
    draft.fields.facebookPageId = id;
    return null;
  },
  sentiment: (draft, { folded }) => {
    const mood = contactFields.shape.sentiment.safeParse(folded);
    if (!mood.success) return 'A mood is hot, cold, ghosted or unsure.';
    draft.fields.sentiment = mood.data;
    return null;
  },
  estimatedRevenue: amount,
  actualRevenue: amount,
  emergency: yesNo,
  hasMessenger: yesNo,
  hasInstagram: yesNo,
  profilePicUrl: (draft, { text }) => {
    const url = contactFields.shape.profilePicUrl.safeParse(text);
    if (!url.success) return 'That is not the address of a picture.';
    draft.fields.profilePicUrl = url.data;
    return null;
  },
  tags: (draft, { text }) => keepAll(draft.lists.tags, text),
  groups: (draft, { text }) => keepAll(draft.lists.groups, text),
  keywords: (draft, { text }) => {
    draft.fields.keywords = readSeveral(text)
      .map((word) => word.slice(0, 60))
      .slice(0, 50);
    return null;
  },
  marketingConsent: consent,
  automatedConsent: consent,
  marketingConsentAt: consentDate,
  marketingConsentUntil: consentDate,
  automatedConsentAt: consentDate,
  automatedConsentUntil: consentDate,
  consentSource: (draft, { text }) => {
    draft.consents.source = text.slice(0, 200);
    return null;
  },
  consentKind: (draft, { folded }) => {
    draft.consents.kind = CONSENT_FORMS.find((form) => form === folded) ?? 'import';
    return null;
  },
  optedOut: (draft, cell) => {
    const since = readSince(cell);
    if (typeof since === 'string') return since;
    if (since) draft.more.optOut = { reason: draft.more.optOut?.reason ?? null, at: since.at };
    return null;
  },
  optOutReason: (draft, { text }) => {
    // Who gives a reason has opted out; since when, another column may say.
    draft.more.optOut = { at: draft.more.optOut?.at ?? null, reason: text.slice(0, 500) };
    return null;
  },
  doNotCall: (draft, cell) => {
    const since = readSince(cell);
    if (typeof since === 'string') return since;
    if (since) draft.more.doNotCall = since;
    return null;
  },
  attribute: (draft, { header, text, mapping }) => keepAttribute(draft.attributes, [header], text, mapping.names),
} as const satisfies Partial<Record<NamedTarget, Reader>>;

/** `Ada King Lovelace` → Ada, King Lovelace; `Lovelace, Ada` → Ada, Lovelace. */
function splitName(name: string): Pick<ContactFields, 'firstName' | 'lastName'> {
  const text = name.replace(/\s+/g, ' ');
  const [last, first] = text.split(/,\s*/);
  if (first && last) return { firstName: first.slice(0, 100), lastName: last.slice(0, 100) };
  const space = text.indexOf(' ');
  return space < 0
    ? { firstName: text.slice(0, 100), lastName: null }
    : { firstName: text.slice(0, space), lastName: text.slice(space + 1).slice(0, 100) };
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
