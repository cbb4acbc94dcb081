import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';

/** Words for the fields of a contact, as they stand on its page. */
const FIELD_WORDS: Record<string, string> = {
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  email: 'Email',
  phone: 'Phone',
  leadScore: 'Score',
  leadStatus: 'Status',
  ownerId: 'Owner',
  source: 'Source',
  locale: 'Language',
  timezone: 'Time zone',
  body: 'Text',
  status: 'State',
};

export const fieldWord = (field: string): string => FIELD_WORDS[field] ?? field;

export const STATE_WORDS: Record<OutboxEntry['state'], string> = {
  queued: 'Waits for the line',
  sent: 'On its way',
  accepted: 'Accepted, on its way back',
  refused: 'Refused',
};

/** The fields a person typed or chose in this write: what can be shown beside theirs and edited. */
export function typedFields(entry: Pick<OutboxEntry, 'name' | 'input'>): { field: string; value: unknown }[] {
  const input = (entry.input ?? {}) as Record<string, unknown>;
  if (entry.name === 'contacts.update' || entry.name === 'contacts.create') {
    return Object.entries(input)
      .filter(([field]) => field in FIELD_WORDS)
      .map(([field, value]) => ({ field, value }));
  }
  return 'body' in input ? [{ field: 'body', value: input['body'] }] : [];
}

/** Fields whose value is text that can be typed again. */
export const isEditable = (entry: Pick<OutboxEntry, 'name' | 'input'>): boolean =>
  typedFields(entry).some(
    ({ value, field }) => field !== 'ownerId' && field !== 'leadStatus' && typeof value !== 'object',
  );

/** A value as people read it: nothing is "empty", a status begins with a capital, other things stand as they are. */
export function showValue(value: unknown, field?: string): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (field === 'leadStatus' && typeof value === 'string') return value.charAt(0).toUpperCase() + value.slice(1);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
