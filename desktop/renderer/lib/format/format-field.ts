import { t } from '../i18n/t.ts';

/** Words for the fields of a contact, as they stand on its page. */
const fieldWords = (): Record<string, string> => ({
  firstName: t('First name'),
  lastName: t('Last name'),
  company: t('Company'),
  email: t('Email'),
  phone: t('Phone'),
  leadScore: t('Score'),
  leadStatus: t('Status'),
  ownerId: t('Owner'),
  source: t('Source'),
  locale: t('Language'),
  timezone: t('Time zone'),
  attributes: t('Own fields'),
  messengerPsid: t('Messenger id'),
  instagramSid: t('Instagram id'),
  profilePicUrl: t('Picture'),
  hasMessenger: t('Messenger'),
  hasInstagram: t('Instagram'),
  facebookPageId: t('Page'),
  pipelineId: t('Pipeline'),
  stageId: t('Stage'),
  sentiment: t('Mood'),
  estimatedRevenueCents: t('Value'),
  actualRevenueCents: t('Revenue'),
  emergency: t('Emergency'),
  keywords: t('Keywords'),
  optedOutAt: t('Opted out'),
  doNotCallAt: t('Do not call'),
  body: t('Text', { context: 'noun' }),
  status: t('State'),
});

const statusWords = (): Record<string, string> => ({
  new: t('New', { context: 'lead' }),
  contacted: t('Contacted'),
  qualified: t('Qualified'),
  won: t('Won'),
  lost: t('Lost'),
});

export const isContactField = (field: string): boolean => field in fieldWords();

export const fieldWord = (field: string): string => fieldWords()[field] ?? field;

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How far a contact has come, in a word. */
export const leadStatusWord = (status: string): string =>
  statusWords()[status] ?? capitalise(status.replaceAll('_', ' '));

/** A value as people read it: nothing is "empty", a status is its word, other things stand as they are. */
export function showValue(value: unknown, field?: string): string {
  if (value === null || value === undefined || value === '') return t('empty');
  if (field === 'leadStatus' && typeof value === 'string') return leadStatusWord(value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
