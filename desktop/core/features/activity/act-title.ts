import type { ActRow } from '../../../../shared/bridge/team-contract.ts';
import { setupTitle } from './setup-title.ts';

type Act = Pick<ActRow, 'action' | 'records' | 'before' | 'after'>;

const counts = new Intl.NumberFormat('en-US');

/** What somebody did, in words: `Company of Ada Lovelace changed`. The renderer says it in the reader's language. */
export function actTitle({ action, records, before, after }: Act, contactName: string | null): string {
  const whose = contactName ?? 'a contact that is gone';
  switch (action) {
    case 'contacts.create':
      return `${whose} added`;
    case 'contacts.update':
      return `${whose} edited`;
    case 'contacts.delete':
      return `${nameIn(before)} deleted`;
    case 'contacts.addTags':
      return `${tagWords(after)} added to ${who(records, whose)}`;
    case 'contacts.removeTags':
      return `${tagWords(before)} removed from ${who(records, whose)}`;
    case 'contacts.moveToStage':
      return after?.['stageId']
        ? `${who(records, whose)} moved to another stage`
        : `${who(records, whose)} taken out of the pipeline`;
    case 'contacts.setStatus':
      return `Status of ${who(records, whose)} changed`;
    case 'contacts.setScore':
      return `Score of ${who(records, whose)} changed`;
    case 'contacts.assign':
      return `Owner of ${who(records, whose)} changed`;
    case 'contacts.revert':
      return `Earlier values of ${who(records, whose)} put back`;
    case 'contacts.deleteMany':
      return records > 1 ? `${counts.format(records)} contacts deleted` : `${nameIn(before)} deleted`;
    case 'contacts.merge':
      return `${nameIn(before)} merged into ${whose}`;
    case 'contacts.unmerge':
      return `Merge into ${whose} taken apart`;
    case 'contacts.notDuplicates':
      return `${whose} and another contact kept apart`;
    case 'contacts.maybeDuplicates':
      return `${whose} and another contact no longer kept apart`;
    case 'contacts.optOut':
      return `${whose} opted out`;
    case 'contacts.optIn':
      return `${whose} opted in again`;
    case 'contacts.recordVisit':
      return `Visit of ${whose} recorded`;
    case 'consents.record':
      return `Consent of ${whose} recorded`;
    case 'consents.withdraw':
      return `Consent of ${whose} withdrawn`;
    case 'consents.putBack':
      return `Earlier consent of ${whose} put back`;
    case 'notes.add':
      return `Note written on ${whose}`;
    case 'notes.edit':
      return `Note on ${whose} edited`;
    case 'notes.delete':
      return `Note on ${whose} deleted`;
    case 'messages.send':
      return `Message sent to ${whose}`;
    case 'conversations.setStatus':
      return `Conversation with ${whose} ${STATUS[String(after?.['status'])] ?? 'changed'}`;
    case 'tasks.create':
      return `Task “${titleIn(after)}” created`;
    case 'tasks.update':
      return 'Task changed';
    case 'tasks.complete':
      return 'Task done';
    case 'tasks.reopen':
      return 'Task opened again';
    case 'tasks.delete':
      return `Task “${titleIn(before)}” deleted`;
    case 'contacts.addToGroup':
      return `${who(records, whose)} added to a group`;
    case 'contacts.removeFromGroup':
      return `${who(records, whose)} removed from a group`;
    case 'trash.putBack':
      return 'Something deleted put back';
    case 'merges.restore':
      return `Earlier values of ${whose} restored`;
    case 'merges.dismiss':
      return `Changes of ${whose} that met settled`;
    default:
      return setupTitle(action, before, after) ?? OTHERS[action] ?? action;
  }
}

const STATUS: Record<string, string> = { OPEN: 'reopened', CLOSED: 'closed', ARCHIVED: 'archived' };

const OTHERS: Record<string, string> = {
  'leadStatuses.reorder': 'Order of the lead statuses changed',
  'contactViews.save': 'A view of the contacts saved',
  'contactViews.delete': 'A view of the contacts deleted',
  'imports.start': 'Import announced',
  'imports.run': 'Import started',
  'imports.pause': 'Import paused',
  'imports.undo': 'Import undone',
  'imports.cancel': 'Import cancelled',
  'imports.cancelUndo': 'Undoing of an import cancelled',
  'workspace.setMessageDays': 'Days of messages on computers changed',
  'workspace.update': 'Settings of the workspace changed',
  'workspace.importSettings': 'Settings taken over from a file',
  'workspace.transferOwnership': 'Ownership of the workspace handed over',
  'members.invite': 'Somebody invited',
  'members.setRole': 'Role of a member changed',
  'members.deactivate': 'Access of a member taken away',
  'members.reactivate': 'Access of a member given again',
  'invitations.revoke': 'Invitation taken back',
  'invitations.renew': 'Invitation sent again',
  'phoneNumbers.add': 'Phone number added',
  'phoneNumbers.label': 'Phone number named',
  'phoneNumbers.remove': 'Phone number removed',
  'integrations.check': 'An integration checked',
  'integrations.test': 'Test sent over an integration',
  'jobs.retry': 'A job tried again',
  'jobs.cancel': 'A job cancelled',
  'privacy.exportData': 'File with everything of the workspace asked for',
  'privacy.linkExport': 'Link to a file with everything taken',
  'privacy.exportContact': 'Everything about a contact handed out',
  'privacy.eraseContact': 'A contact erased for good',
  'security.requireSecondFactor': 'A second factor of everybody asked for, or no longer',
  'tokens.outliveMaker': 'An access token outlives who made it',
  'privacy.retain': 'What is not kept any longer deleted',
};

const textIn = (values: Act['before'], key: string): string => {
  const value = values?.[key];
  return typeof value === 'string' ? value : '';
};
const titleIn = (values: Act['before']): string => textIn(values, 'title');
const who = (records: number, whose: string): string => (records > 1 ? `${counts.format(records)} contacts` : whose);
const joinWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
/** What was put back tag by tag knows no names. */
function tagWords(values: Act['before']): string {
  const tags = Array.isArray(values?.['tags']) ? (values['tags'] as string[]) : [];
  return tags.length === 0 ? 'Tags' : `${tags.length === 1 ? 'Tag' : 'Tags'} ${joinWords(tags)}`;
}
const nameIn = (values: Act['before']): string =>
  [textIn(values, 'firstName'), textIn(values, 'lastName')].filter(Boolean).join(' ') ||
  textIn(values, 'phone') ||
  'A contact';
