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

export const isContactField = (field: string): boolean => field in FIELD_WORDS;

export const fieldWord = (field: string): string => FIELD_WORDS[field] ?? field;

/** A value as people read it: nothing is "empty", a status begins with a capital, other things stand as they are. */
export function showValue(value: unknown, field?: string): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (field === 'leadStatus' && typeof value === 'string') return value.charAt(0).toUpperCase() + value.slice(1);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
