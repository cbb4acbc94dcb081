import { statusKeyOf, type ContactFields } from '../contacts/contact.ts';
import { parseEmailEntry, parsePhoneEntry } from '../contacts/contact-entry.ts';
import type { ColumnTarget } from './import-draft.ts';
import type { ImportRow } from './import-row.ts';

export type RowReading = { ok: true; row: ImportRow } | { ok: false; row: number; reason: string };

type Mapping = {
  headers: readonly string[];
  targets: readonly ColumnTarget[];
  country: string;
  /** The keys of the tenant's lead statuses. */
  statuses: ReadonlySet<string>;
};

const LONGEST: Partial<Record<ColumnTarget, number>> = {
  firstName: 100,
  lastName: 100,
  company: 200,
  source: 100,
  locale: 35,
  timezone: 60,
};

/**
 * A row of a file as a contact. It must give a phone number or an email address that is right; a wrong one of either makes the
 * row invalid, because importing half of what somebody meant loses the other half silently. `row` counts as a spreadsheet does.
 */
export function readImportRow(cells: readonly string[], row: number, mapping: Mapping): RowReading {
  const fields: Partial<ContactFields> = {};
  const attributes: Record<string, unknown> = {};
  const tags: string[] = [];
  for (const [i, target] of mapping.targets.entries()) {
    const cell = (cells[i] ?? '').trim();
    if (cell === '' || target === 'ignore') continue;
    const header = mapping.headers[i] ?? `Column ${i + 1}`;
    const status = target === 'leadStatus' && mapping.statuses.has(statusKeyOf(cell)) ? statusKeyOf(cell) : null;
    if (status) fields.leadStatus = status;
    // A status of another program is worth keeping, though not as one of ours.
    else if (target === 'attribute' || target === 'leadStatus') attributes[header] = cell.slice(0, 2_000);
    else if (target === 'tags') tags.push(...splitTags(cell));
    else {
      const problem = readCell(fields, target, cell, mapping.country);
      if (problem) return { ok: false, row, reason: `${header} “${shorten(cell)}”: ${problem}` };
    }
  }
  if (!fields.phone && !fields.email) return { ok: false, row, reason: 'No phone number and no email address.' };
  if (Object.keys(attributes).length > 0) fields.attributes = attributes;
  return { ok: true, row: { row, fields, tags: [...new Set(tags)].slice(0, 50) } };
}

type CellTarget = Exclude<ColumnTarget, 'ignore' | 'attribute' | 'tags' | 'leadStatus'>;

/** Puts a cell where it belongs; answers what is wrong with it, or null. */
function readCell(fields: Partial<ContactFields>, target: CellTarget, cell: string, country: string): string | null {
  switch (target) {
    case 'phone':
    case 'email': {
      const entry = target === 'phone' ? parsePhoneEntry(cell, country) : parseEmailEntry(cell);
      if (entry.ok) fields[target] = entry.value;
      return entry.ok ? null : entry.message;
    }
    case 'fullName': {
      Object.assign(fields, splitName(cell));
      return null;
    }
    case 'leadScore': {
      const score = Number(cell);
      if (!Number.isInteger(score) || score < 0 || score > 100) return 'A score is a whole number from 0 to 100.';
      fields.leadScore = score;
      return null;
    }
    default: {
      const longest = LONGEST[target] ?? 100;
      if (cell.length > longest) return `Longer than ${longest} characters.`;
      fields[target] = cell;
      return null;
    }
  }
}

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

/** Google writes `* myContacts ::: Family`; its own system groups are no tags. */
const splitTags = (cell: string): string[] =>
  cell
    .split(/:::|[;,|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && !tag.startsWith('*'))
    .map((tag) => tag.slice(0, 60));

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
